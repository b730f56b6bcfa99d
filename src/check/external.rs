//! Which links to other sites are broken. In: the links of a site, the settings, and a file that remembers. Out: one
//! complaint for each broken link in each place.
//!
//! Every page elsewhere is asked for once, however many links lead to it. The date comes from the caller.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use url::Url;

use crate::base::{Diagnostic, SourcePath};
use crate::model::config::{LinkChecker, LinkLevel};

use super::anchors;
use super::cache::Cache;
use super::cause::Cause;
use super::schedule::{self, Page, Verdict};

/// A link to another site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalLink {
    /// As it was written.
    pub url: String,
    /// The file it stands in.
    pub file: SourcePath,
    /// Where in that file, if it is known; an empty run points at its beginning.
    pub span: Option<Range<usize>>,
}

/// How servers are asked.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long one request may take.
    pub timeout: Duration,
    /// How often a page is asked for before it counts as broken, when the cause may pass.
    pub tries: u32,
    /// How many redirects are followed.
    pub redirects: usize,
    /// How many sites are asked at once.
    pub concurrency: usize,
    /// The pause between two requests to one site.
    pub pause: Duration,
    /// The pause before the second try; it doubles with every further one.
    pub back_off: Duration,
    /// A server that wants to be left alone longer than this is not tried again.
    pub longest_wait: Duration,
    /// What the program calls itself.
    pub user_agent: String,
    /// Through which proxy.
    pub proxy: Proxy,
}

/// Through which proxy servers are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proxy {
    /// The one that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name, if any.
    Environment,
    /// None.
    None,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            timeout: Duration::from_secs(30),
            tries: 3,
            redirects: 10,
            concurrency: std::thread::available_parallelism().map_or(8, |cores| cores.get().max(8)),
            pause: Duration::from_millis(500),
            back_off: Duration::from_secs(1),
            longest_wait: Duration::from_secs(60),
            user_agent: concat!("praktijk/", env!("CARGO_PKG_VERSION"), " link checker").to_owned(),
            proxy: Proxy::Environment,
        }
    }
}

/// The file that remembers which links worked.
#[derive(Clone, Copy, Debug)]
pub struct CacheFile<'a> {
    /// Where it lies.
    pub path: &'a Path,
    /// The time, in seconds since 1970.
    pub now: u64,
    /// How long a link that worked is not asked for again.
    pub max_age: Duration,
}

impl<'a> CacheFile<'a> {
    /// A file that remembers for a week.
    pub fn new(path: &'a Path, now: u64) -> Self {
        CacheFile { path, now, max_age: Duration::from_secs(7 * 24 * 60 * 60) }
    }
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// So many pages are known.
    pub done: usize,
    /// Of so many that must be asked for.
    pub total: usize,
    /// The last of them.
    pub url: &'a str,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The broken links, in the order in which complaints are shown.
    pub diagnostics: Vec<Diagnostic>,
    /// How many pages had to be asked for.
    pub asked: usize,
    /// How many different links worked lately and were believed.
    pub remembered: usize,
    /// How many links the settings leave out.
    pub skipped: usize,
    /// Whether somebody stopped it before everything was known.
    pub interrupted: bool,
}

/// Checks links. Links that are no `http` or `https` are passed over. When `stop` becomes true it returns within a
/// moment with what is known by then.
pub fn check_external(
    links: &[ExternalLink],
    settings: &LinkChecker,
    file: Option<CacheFile<'_>>,
    options: &Options,
    stop: &AtomicBool,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Outcome {
    let web: Vec<&ExternalLink> = links.iter().filter(|link| is_web(&link.url)).collect();
    let chosen: Vec<&ExternalLink> = web.iter().copied().filter(|link| !is_skipped(link, settings)).collect();
    let mut cache = file.map_or_else(Cache::default, |f| Cache::load(f.path, f.now, f.max_age.as_secs()));
    let plan = Plan::new(&chosen, settings, &cache);

    let mut verdicts: Vec<Option<Verdict>> = vec![None; plan.pages.len()];
    let mut done = 0;
    let complete = schedule::run(&plan.pages, options, stop, &mut |page, verdict| {
        done += 1;
        verdicts[page] = Some(verdict);
        progress(Progress { done, total: plan.pages.len(), url: plan.pages[page].url.as_str() });
    });

    let mut causes = HashMap::new();
    for target in &plan.targets {
        match target.cause(&verdicts) {
            Some(Ok(())) => cache.note(target.url, file.map_or(0, |f| f.now)),
            Some(Err(cause)) => drop(causes.insert(target.url, cause)),
            None => {}
        }
    }
    let broken =
        chosen.iter().filter_map(|link| Some(complaint(link, causes.get(link.url.as_str())?, settings)));
    let mut diagnostics: Vec<Diagnostic> = broken.collect();
    diagnostics.extend(file.and_then(|f| cache.save(f.path).err()).map(|error| not_remembered(&error)));
    Diagnostic::sort(&mut diagnostics);
    Outcome {
        diagnostics,
        asked: done,
        remembered: plan.remembered,
        skipped: web.len() - chosen.len(),
        interrupted: !complete,
    }
}

fn is_web(url: &str) -> bool {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

fn is_skipped(link: &ExternalLink, settings: &LinkChecker) -> bool {
    starts_with_one_of(&link.url, &settings.skip_prefixes)
        || settings.ignored_files.is_match(link.file.as_str())
}

fn starts_with_one_of(url: &str, prefixes: &[String]) -> bool {
    prefixes.iter().any(|prefix| url.starts_with(prefix.as_str()))
}

/// What must be asked.
#[derive(Default)]
struct Plan<'a> {
    /// Every different link that is not remembered, in order.
    targets: Vec<Target<'a>>,
    /// Every different page they lead to, in order.
    pages: Vec<Page>,
    remembered: usize,
}

/// A link, wherever it stands.
struct Target<'a> {
    url: &'a str,
    leads_to: Result<Destination, Cause>,
}

/// A page, by its number in the plan, and the anchor a link wants on it.
struct Destination {
    page: usize,
    anchor: Option<String>,
}

impl<'a> Plan<'a> {
    fn new(links: &[&'a ExternalLink], settings: &LinkChecker, cache: &Cache) -> Self {
        let mut plan = Plan::default();
        let mut seen = HashSet::new();
        let mut numbers: HashMap<Url, usize> = HashMap::new();
        for link in links {
            if !seen.insert(link.url.as_str()) {
                continue;
            }
            if cache.knows(&link.url) {
                plan.remembered += 1;
                continue;
            }
            let leads_to = Url::parse(&link.url)
                .map(|url| {
                    plan.destination(
                        url,
                        !starts_with_one_of(&link.url, &settings.skip_anchor_prefixes),
                        &mut numbers,
                    )
                })
                .map_err(|error| Cause::Url(error.to_string()));
            plan.targets.push(Target { url: &link.url, leads_to });
        }
        plan
    }

    fn destination(
        &mut self,
        mut url: Url,
        with_anchor: bool,
        numbers: &mut HashMap<Url, usize>,
    ) -> Destination {
        let anchor = if with_anchor { anchors::wanted(&url) } else { None };
        url.set_fragment(None);
        let page = *numbers.entry(url).or_insert_with_key(|url| {
            self.pages.push(Page { url: url.clone(), anchors: Vec::new() });
            self.pages.len() - 1
        });
        let anchors = &mut self.pages[page].anchors;
        anchors.extend(anchor.iter().filter(|anchor| !anchors.contains(anchor)).cloned().collect::<Vec<_>>());
        Destination { page, anchor }
    }
}

impl Target<'_> {
    /// Whether it works, and if not, why not; none while its page is not known.
    fn cause(&self, verdicts: &[Option<Verdict>]) -> Option<Result<(), Cause>> {
        let Destination { page, anchor } = match &self.leads_to {
            Ok(destination) => destination,
            Err(cause) => return Some(Err(cause.clone())),
        };
        Some(match (verdicts[*page].as_ref()?, anchor) {
            (Err(cause), _) => Err(cause.clone()),
            (Ok(missing), Some(anchor)) if missing.contains(anchor) => Err(Cause::Anchor(anchor.clone())),
            (Ok(_), _) => Ok(()),
        })
    }
}

fn complaint(link: &ExternalLink, cause: &Cause, settings: &LinkChecker) -> Diagnostic {
    let message = format!("The link to `{}` is broken: {}.", link.url, cause.words());
    let complaint = match settings.external_level {
        LinkLevel::Error => Diagnostic::error(cause.code(), message),
        LinkLevel::Warn => Diagnostic::warning(cause.code(), message),
    };
    let complaint = match &link.span {
        Some(span) => complaint.at(&link.file, span.clone()),
        None => complaint.in_file(&link.file),
    };
    complaint.hint(cause.hint())
}

fn not_remembered(error: &std::io::Error) -> Diagnostic {
    Diagnostic::warning(
        "link/cache",
        format!("Which links work could not be remembered for the next time: {error}."),
    )
    .hint("Check that there is room on the disk and that the folder of the site may be written to.")
}
