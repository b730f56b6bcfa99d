//! Which jobs a site has, what each is called and where its outputs go.

use super::facets;
use crate::base::{Hash128, OutPath, SourcePath, hash_of};
use crate::model::Config;
use crate::resolve::{PageId, SectionId, Site};

/// Something to be made with templates. Numbers are places in the [`Site`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// A page.
    Page(PageId),
    /// A section without pagers, or one that leads elsewhere.
    Section(SectionId),
    /// A pager of a section, from 1; the first is the section itself.
    SectionPager(SectionId, usize),
    /// The list of a taxonomy's terms.
    Taxonomy(usize),
    /// A term without pagers.
    Term(usize, usize),
    /// A pager of a term, from 1.
    TermPager(usize, usize, usize),
    /// The pages of a kind that have one value of a facet.
    Facet(FacetOf),
    /// A feed, and its file.
    Feed(FeedOf, String),
    /// The sitemap, in parts when it is long.
    Sitemap,
    /// The page for what is not there.
    NotFound,
    /// `robots.txt`.
    Robots,
    /// An older path that leads to a page.
    Alias {
        /// The older path.
        from: String,
        /// The URL it leads to.
        to: String,
        /// The file that says so.
        file: SourcePath,
    },
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetOf {
    /// The kind, by its place in the settings.
    pub kind: usize,
    /// The language.
    pub lang: String,
    /// The name of the facet.
    pub facet: String,
    /// The slug of the value.
    pub value: String,
}

/// What a feed is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedOf {
    /// All pages of a language.
    Site(String),
    /// The pages of a section.
    Section(SectionId),
    /// The pages of a term.
    Term(usize, usize),
}

/// Every job of a site.
pub fn jobs(site: &Site, config: &Config) -> Vec<Job> {
    let mut jobs = vec![Job::NotFound];
    jobs.extend(config.generate_sitemap.then_some(Job::Sitemap));
    jobs.extend(config.generate_robots_txt.then_some(Job::Robots));
    for (id, page) in site.page_ids() {
        if page.parsed.matter.render {
            jobs.push(Job::Page(id));
        }
        let file = &page.parsed.file.path;
        let own = OutPath::new(&page.path).join("index.html");
        // An alias that is the page's own path would take its place.
        let aliases = page.parsed.matter.aliases.iter().filter(|from| alias_path(from) != own);
        jobs.extend(aliases.map(|from| alias(from, &page.permalink, file)));
    }
    for (id, section) in site.section_ids() {
        let matter = &section.parsed.matter;
        let file = &section.parsed.file.path;
        let lang = &section.parsed.file.lang;
        let own = section_folder(site, id, config).join("index.html");
        let aliases = matter.aliases.iter().filter(|from| alias_path(from) != own);
        jobs.extend(aliases.map(|from| alias(from, &section.permalink, file)));
        // What a root section would feed is in the feed of its language, at the same path.
        let has_own =
            !(section.is_root() && config.language(lang).is_some_and(|options| options.generate_feeds));
        if matter.generate_feeds && has_own {
            let files = config
                .language(&section.parsed.file.lang)
                .map_or(&[] as &[String], |options| &options.feed_filenames);
            jobs.extend(files.iter().map(|file| Job::Feed(FeedOf::Section(id), file.clone())));
        }
        if !matter.render {
            continue;
        }
        if section.pagers.is_empty() {
            jobs.push(Job::Section(id));
        } else {
            jobs.extend(section.pagers.iter().map(|pager| Job::SectionPager(id, pager.index)));
        }
    }
    taxonomy_jobs(site, config, &mut jobs);
    jobs.extend(facets::jobs(site, config));
    for (lang, options) in config.languages.iter().filter(|(_, options)| options.generate_feeds) {
        jobs.extend(
            options.feed_filenames.iter().map(|file| Job::Feed(FeedOf::Site(lang.clone()), file.clone())),
        );
    }
    jobs
}

fn alias(from: &str, to: &str, file: &SourcePath) -> Job {
    Job::Alias { from: from.to_owned(), to: to.to_owned(), file: file.clone() }
}

fn taxonomy_jobs(site: &Site, config: &Config, jobs: &mut Vec<Job>) {
    for (at, taxonomy) in site.taxonomies.iter().enumerate() {
        if !taxonomy.kind.render || taxonomy.terms.is_empty() {
            continue;
        }
        jobs.push(Job::Taxonomy(at));
        for (term_at, term) in taxonomy.terms.iter().enumerate() {
            if term.pagers.is_empty() {
                jobs.push(Job::Term(at, term_at));
            } else {
                jobs.extend(term.pagers.iter().map(|pager| Job::TermPager(at, term_at, pager.index)));
            }
            if taxonomy.kind.feed {
                let files = config
                    .language(&taxonomy.lang)
                    .map_or(&[] as &[String], |options| &options.feed_filenames);
                jobs.extend(files.iter().map(|file| Job::Feed(FeedOf::Term(at, term_at), file.clone())));
            }
        }
    }
}

impl Job {
    /// What it is called: the same from build to build.
    pub fn name(&self, site: &Site) -> String {
        let term = |at: &usize, term: &usize| {
            let taxonomy = &site.taxonomies[*at];
            format!("{}/{} ({})", taxonomy.kind.slug, taxonomy.terms[*term].slug, taxonomy.lang)
        };
        match self {
            Job::Page(id) => format!("page {}", site.page(*id).parsed.file.relative),
            Job::Section(id) => format!("section {}", site.section(*id).parsed.file.relative),
            Job::SectionPager(id, index) => {
                format!("pager {index} of {}", site.section(*id).parsed.file.relative)
            }
            Job::Taxonomy(at) => {
                format!("taxonomy {} ({})", site.taxonomies[*at].kind.slug, site.taxonomies[*at].lang)
            }
            Job::Term(at, t) => format!("term {}", term(at, t)),
            Job::TermPager(at, t, index) => format!("pager {index} of term {}", term(at, t)),
            Job::Feed(FeedOf::Site(lang), file) => format!("feed {file} ({lang})"),
            Job::Feed(FeedOf::Section(id), file) => {
                format!("feed {file} of {}", site.section(*id).parsed.file.relative)
            }
            Job::Feed(FeedOf::Term(at, t), file) => format!("feed {file} of term {}", term(at, t)),
            Job::Facet(of) => facets::name(of),
            Job::Sitemap => "sitemap".to_owned(),
            Job::NotFound => "404.html".to_owned(),
            Job::Robots => "robots.txt".to_owned(),
            Job::Alias { from, file, .. } => format!("alias {from} of {file}"),
        }
    }

    /// The template it begins with, when it names one.
    pub fn template<'a>(&'a self, site: &'a Site) -> Option<&'a str> {
        match self {
            Job::Page(id) => Some(site.page(*id).template()),
            Job::Section(id) | Job::SectionPager(id, _) => Some(site.section(*id).template()),
            Job::NotFound => Some("404.html"),
            _ => None,
        }
    }

    /// The file to blame when something is wrong with it as a whole.
    pub fn file<'a>(&'a self, site: &'a Site) -> Option<&'a SourcePath> {
        match self {
            Job::Page(id) => Some(&site.page(*id).parsed.file.path),
            Job::Section(id) | Job::SectionPager(id, _) | Job::Feed(FeedOf::Section(id), _) => {
                Some(&site.section(*id).parsed.file.path)
            }
            Job::Alias { file, .. } => Some(file),
            _ => None,
        }
    }

    /// The identity of what it makes, apart from the answers it asks for: which pages stand in a list, where it goes.
    pub fn spec(&self, site: &Site, config: &Config) -> Hash128 {
        let pages = |ids: &[PageId]| {
            hash_of(&ids.iter().map(|id| &site.page(*id).parsed.file.relative).collect::<Vec<_>>())
        };
        match self {
            Job::Page(id) => {
                let page = site.page(*id);
                hash_of(&(&page.path, page.template()))
            }
            Job::Section(id) => hash_of(&(
                section_folder(site, *id, config),
                site.section(*id).template(),
                &site.section(*id).parsed.matter.redirect_to,
            )),
            Job::SectionPager(id, index) => {
                let section = site.section(*id);
                let matter = &section.parsed.matter;
                let urls: Vec<_> = [1, section.pagers.len(), index.wrapping_sub(1), index + 1]
                    .map(|at| section.pagers.get(at.wrapping_sub(1)).map(|pager| &pager.permalink))
                    .into();
                let total = section.pagers.iter().map(|pager| pager.pages.len()).sum::<usize>();
                hash_of(&(
                    pages(&section.pagers[index - 1].pages),
                    urls,
                    total,
                    matter.paginate_by,
                    &matter.paginate_path,
                    section_folder(site, *id, config),
                    section.template(),
                ))
            }
            Job::Taxonomy(at) => {
                let taxonomy = &site.taxonomies[*at];
                let terms: Vec<_> = taxonomy.terms.iter().map(|term| &term.slug).collect();
                hash_of(&(&taxonomy.path, terms))
            }
            Job::Term(at, term) => hash_of(&site.taxonomies[*at].terms[*term].path),
            Job::TermPager(at, t, index) => {
                let term = &site.taxonomies[*at].terms[*t];
                let urls: Vec<_> = [1, term.pagers.len(), index.wrapping_sub(1), index + 1]
                    .map(|at| term.pagers.get(at.wrapping_sub(1)).map(|pager| &pager.permalink))
                    .into();
                let total = term.pagers.iter().map(|pager| pager.pages.len()).sum::<usize>();
                hash_of(&(
                    pages(&term.pagers[index - 1].pages),
                    urls,
                    total,
                    &site.taxonomies[*at].kind,
                    &term.path,
                ))
            }
            Job::Feed(of, file) => {
                let (ids, updated) = super::feeds::entries(of, site, config);
                // A term is named after its first page, which the feed need not hold.
                let term = match of {
                    FeedOf::Term(at, term) => Some(&site.taxonomies[*at].terms[*term].name),
                    FeedOf::Site(_) | FeedOf::Section(_) => None,
                };
                hash_of(&(pages(&ids), updated, file, term, self.outputs(site, config)))
            }
            Job::Sitemap => {
                let entries = super::sitemap::entries(site, config);
                let texts = entries.iter().map(|(url, date, extra)| {
                    (url, date, extra.map(|extra| serde_json::to_string(extra).unwrap_or_default()))
                });
                hash_of(&texts.collect::<Vec<_>>())
            }
            Job::Facet(of) => facets::spec(of, site, config),
            Job::NotFound | Job::Robots => Hash128::ABSENT,
            Job::Alias { from, to, .. } => hash_of(&(from, to)),
        }
    }

    /// Where its outputs go.
    pub fn outputs(&self, site: &Site, config: &Config) -> Vec<OutPath> {
        match self {
            Job::Page(id) => vec![OutPath::new(&site.page(*id).path).join("index.html")],
            Job::Section(id) => vec![section_folder(site, *id, config).join("index.html")],
            Job::SectionPager(id, index) => pager_outputs(
                &section_folder(site, *id, config),
                &site.section(*id).parsed.matter.paginate_path,
                *index,
            ),
            Job::Taxonomy(at) => vec![OutPath::new(&site.taxonomies[*at].path).join("index.html")],
            Job::Term(at, term) => {
                vec![OutPath::new(&site.taxonomies[*at].terms[*term].path).join("index.html")]
            }
            Job::TermPager(at, term, index) => {
                let taxonomy = &site.taxonomies[*at];
                let path = taxonomy.kind.paginate_path.as_deref().unwrap_or("page");
                pager_outputs(&OutPath::new(&taxonomy.terms[*term].path), path, *index)
            }
            Job::Feed(FeedOf::Site(lang), file) => {
                vec![if *lang == config.default_language {
                    OutPath::new(file)
                } else {
                    OutPath::new(lang).join(file)
                }]
            }
            Job::Feed(FeedOf::Section(id), file) => vec![OutPath::new(&site.section(*id).path).join(file)],
            Job::Feed(FeedOf::Term(at, term), file) => {
                vec![OutPath::new(&site.taxonomies[*at].terms[*term].path).join(file)]
            }
            Job::Facet(of) => vec![OutPath::new(facets::path(of, site, config)).join("index.html")],
            Job::Sitemap => super::sitemap::files(super::sitemap::entries(site, config).len()),
            Job::NotFound => vec![OutPath::new("404.html")],
            Job::Robots => vec![OutPath::new("robots.txt")],
            Job::Alias { from, .. } => vec![alias_path(from)],
        }
    }
}

/// Where an alias goes: the file it names when it names one, else `index.html` in a folder.
pub fn alias_path(from: &str) -> OutPath {
    if from.ends_with(".html") { OutPath::new(from) } else { OutPath::new(from).join("index.html") }
}

/// The folder of a section's outputs.
pub fn section_folder(site: &Site, id: SectionId, config: &Config) -> OutPath {
    let file = &site.section(id).parsed.file;
    let lang = (file.lang != config.default_language).then_some(file.lang.as_str());
    let parts: Vec<&str> = lang.into_iter().chain(file.components.iter().map(String::as_str)).collect();
    OutPath::new(parts.join("/"))
}

/// The first pager stands at the list itself, and its number leads there.
pub fn pager_outputs(folder: &OutPath, paginate_path: &str, index: usize) -> Vec<OutPath> {
    let numbered = |index: usize| {
        let folder = if paginate_path.is_empty() { folder.clone() } else { folder.join(paginate_path) };
        folder.join(&index.to_string()).join("index.html")
    };
    if index == 1 { vec![folder.join("index.html"), numbered(1)] } else { vec![numbered(index)] }
}
