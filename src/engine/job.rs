//! Which jobs a site has, and how one is done. In: a world. Out: jobs, with names, outputs and artifacts.

use std::collections::HashSet;
use std::sync::Arc;

use super::ledger::Output;
use super::outputs_of_kinds::{self, OfKind};
use super::outputs_of_reactions::{self, OfReactions};
use super::query::Query;
use super::tracer::Tracer;
use super::world::World;
use crate::base::{Artifact, Diagnostic, Hash128, OutPath, SourcePath, hash_of};
use crate::body::code;
use crate::export::compress::Form;
use crate::export::security::servers::{self, Server};
use crate::export::{images, index, sass, search};
use crate::model::config::{HighlightStyle, Mode};
use crate::model::security::Inline;
use crate::render::plan::FeedOf;
use crate::render::{self, Shelf};
use crate::resolve::{Asset, ContentId, PageId};
use crate::template::{ImageJob, Lookup};

/// Something that makes outputs.
#[derive(Clone, Debug)]
pub enum Job {
    /// With templates.
    Render(render::Job),
    /// A source as it is.
    Copy {
        /// The source.
        source: SourcePath,
        /// Where it goes.
        to: OutPath,
        /// What goes before it.
        rank: Rank,
    },
    /// A style sheet.
    Sass {
        /// The source.
        source: SourcePath,
        /// Where it goes.
        to: OutPath,
        /// Whether it is the theme's.
        of_theme: bool,
    },
    /// The search index of a language that Zola makes.
    Search(String),
    /// The script that reads it.
    SearchReader,
    /// The search index of our own, of a language. Where its files go follows from what is in them.
    Index(String),
    /// What reads it in a browser.
    IndexReader,
    /// A style sheet of coloured code, by its name; and what goes before it.
    CodeStyles(&'static str, Rank),
    /// The files that are made of a page to take along.
    Downloads(PageId),
    /// An image made from another.
    Image(ImageJob),
    /// What a web server should say, with what every page has in itself; that is known late.
    Headers(Server, Arc<[Inline]>),
    /// What a kind declares besides pages.
    OfKind(OfKind),
    /// What is made of reactions besides pages.
    OfReactions(OfReactions),
    /// Compressed copies of an output, in these forms.
    Compressed(Output, Vec<Form>),
}

/// Of several outputs for one path, the last is kept: the order in which Zola writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// What web servers should say: a default for who has nothing better.
    Headers,
    /// The theme's style sheets.
    ThemeSass,
    /// The site's style sheets.
    Sass,
    /// The search index.
    Search,
    /// The style sheets of coloured code.
    CodeStyles,
    /// The feed of a section. That of a language goes last, where the root section has one of its own.
    SectionFeed,
    /// What templates make, and the files beside content.
    Rendered,
    /// Images made from others.
    Image,
    /// The theme's static files.
    ThemeStatic,
    /// The style sheets of coloured code in dialect 0.22, where Zola writes them into `static/`.
    StaticCodeStyles,
    /// The site's static files.
    Static,
}

/// Every job but images, which are ordered while the others are done.
pub(super) fn all(world: &World, diagnostics: &mut Vec<Diagnostic>) -> Vec<Job> {
    let site = &world.site;
    let mut jobs: Vec<Job> = Vec::new();
    let indexed = world.config.indexed_languages();
    if !indexed.is_empty() && world.config.mode != Mode::Check {
        jobs.push(Job::IndexReader);
        // They take longest, so they begin first.
        jobs.extend(indexed.into_iter().map(|lang| Job::Index(lang.to_owned())));
    }
    jobs.extend(render::plan::jobs(site, &world.config).into_iter().map(Job::Render));
    for page in &site.pages {
        beside(&page.assets, &OutPath::new(&page.path), &mut jobs);
    }
    for (id, section) in site.section_ids() {
        beside(&section.assets, &render::plan::section_folder(site, id, &world.config), &mut jobs);
    }
    style_sheets(world, &mut jobs, diagnostics);
    let languages = search::languages(&world.config);
    if !languages.is_empty() {
        jobs.push(Job::SearchReader);
        jobs.extend(languages.into_iter().map(|lang| Job::Search(lang.to_owned())));
    }
    if let Some(settings) =
        world.config.markdown.highlighting.as_ref().filter(|settings| settings.style == HighlightStyle::Class)
    {
        let sheets: &[&str] =
            if settings.theme.is_some() { &["giallo.css"] } else { &["giallo-light.css", "giallo-dark.css"] };
        let rank = if world.config.dialect.is_old() { Rank::StaticCodeStyles } else { Rank::CodeStyles };
        jobs.extend(sheets.iter().map(|sheet| Job::CodeStyles(sheet, rank)));
    }
    jobs.extend(super::downloads::pages(world, diagnostics).into_iter().map(Job::Downloads));
    static_files(world, &mut jobs);
    jobs.extend(outputs_of_kinds::all(world).into_iter().map(Job::OfKind));
    jobs.extend(outputs_of_reactions::all(world).into_iter().map(Job::OfReactions));
    if world.config.security.is_some() {
        jobs.extend(servers::SERVERS.map(|server| Job::Headers(server, Arc::default())));
    }
    jobs
}

/// What is wrong with the style sheets, which depend on nothing else.
pub(super) fn faults_of_styles(world: &Arc<World>) -> Vec<Diagnostic> {
    let (mut jobs, mut told) = (Vec::new(), Vec::new());
    style_sheets(world, &mut jobs, &mut told);
    told.extend(jobs.iter().filter_map(|job| job.make(&Tracer::for_job(world)).err()).flatten());
    told
}

fn beside(assets: &[Asset], folder: &OutPath, jobs: &mut Vec<Job>) {
    let copy = |asset: &Asset| Job::Copy {
        source: asset.source.clone(),
        to: folder.join(&asset.below),
        rank: Rank::Rendered,
    };
    jobs.extend(assets.iter().map(copy));
}

fn style_sheets(world: &World, jobs: &mut Vec<Job>, diagnostics: &mut Vec<Diagnostic>) {
    let theme = world.config.theme.as_ref().map(|theme| (format!("themes/{theme}/sass"), true));
    let own = world.config.compile_sass.then(|| ("sass".to_owned(), false));
    for (folder, of_theme) in theme.into_iter().chain(own) {
        let files: Vec<SourcePath> =
            world.files.snapshot().below(&folder).map(|(path, _)| path.clone()).collect();
        match sass::entries(&files, &folder) {
            Ok(entries) => {
                jobs.extend(entries.into_iter().map(|(source, to)| Job::Sass { source, to, of_theme }))
            }
            Err(told) => diagnostics.push(told),
        }
    }
}

fn static_files(world: &World, jobs: &mut Vec<Job>) {
    if let Some(theme) = &world.config.theme {
        let folder = format!("themes/{theme}/static");
        for (path, _) in world.files.snapshot().below(&folder) {
            let below = path.below(&folder).unwrap_or_default();
            jobs.push(Job::Copy { source: path.clone(), to: OutPath::new(below), rank: Rank::ThemeStatic });
        }
    }
    for (path, _) in world.files.snapshot().below("static") {
        let below = path.below("static").unwrap_or_default();
        // Zola keeps the images it makes there. We make them anew, and only those that somebody ordered.
        let made_by_zola = below.starts_with("processed_images/");
        if !made_by_zola && !world.config.ignored_static.is_match(below) {
            jobs.push(Job::Copy { source: path.clone(), to: OutPath::new(below), rank: Rank::Static });
        }
    }
}

impl Job {
    /// What it is called: the same from build to build.
    pub fn name(&self, world: &World) -> String {
        match self {
            Job::Render(job) => job.name(&world.site),
            Job::Copy { source, to, .. } => format!("copy {source} to {to}"),
            Job::Sass { source, .. } => format!("sass {source}"),
            Job::Search(lang) => format!("search index ({lang})"),
            Job::SearchReader => "search reader".to_owned(),
            Job::Index(lang) => format!("search index of pages and parts ({lang})"),
            Job::IndexReader => "reader of the search index".to_owned(),
            Job::CodeStyles(sheet, _) => format!("styles of code {sheet}"),
            Job::Downloads(id) => format!("downloads of {}", world.site.page(*id).parsed.file.relative),
            Job::Image(image) => format!("image {}", image.output),
            Job::Headers(server, _) => server.file_name().to_owned(),
            Job::OfKind(of) => of.name(world),
            Job::OfReactions(of) => of.name(world),
            Job::Compressed(output, _) => format!("compressed {}", output.path),
        }
    }

    /// Whether it is done before the others, because templates may ask for its outputs
    /// (`get_url(path="site.css", cachebust=true)`).
    pub fn is_early(&self) -> bool {
        matches!(
            self,
            Job::Sass { .. }
                | Job::Search(_)
                | Job::SearchReader
                | Job::IndexReader
                | Job::CodeStyles(..)
                | Job::Downloads(_)
        )
    }

    /// Whether it is done after the others, because it is about all of them.
    pub fn is_late(&self) -> bool {
        matches!(self, Job::Headers(..))
    }

    /// Whether it makes the page of one of these texts.
    pub fn is_about(&self, edited: &HashSet<ContentId>) -> bool {
        match self {
            Job::Render(render::Job::Page(id)) => edited.contains(&ContentId::Page(*id)),
            Job::Render(render::Job::Section(id) | render::Job::SectionPager(id, 1)) => {
                edited.contains(&ContentId::Section(*id))
            }
            _ => false,
        }
    }

    /// What goes before it.
    pub fn rank(&self) -> Rank {
        match self {
            Job::Render(render::plan::Job::Feed(FeedOf::Section(_), _)) => Rank::SectionFeed,
            Job::Render(_) | Job::Downloads(_) | Job::OfKind(_) | Job::OfReactions(_) => Rank::Rendered,
            Job::Copy { rank, .. } => *rank,
            Job::Sass { of_theme: true, .. } => Rank::ThemeSass,
            Job::Sass { of_theme: false, .. } => Rank::Sass,
            Job::Search(_) | Job::SearchReader | Job::Index(_) | Job::IndexReader => Rank::Search,
            Job::CodeStyles(_, rank) => *rank,
            Job::Image(_) | Job::Compressed(..) => Rank::Image,
            Job::Headers(..) => Rank::Headers,
        }
    }

    /// The file to blame when something is wrong with it as a whole.
    pub fn file<'a>(&'a self, world: &'a World) -> Option<&'a SourcePath> {
        match self {
            Job::Render(job) => job.file(&world.site),
            Job::Copy { source, .. } | Job::Sass { source, .. } => Some(source),
            Job::Image(image) => Some(&image.source),
            Job::Downloads(id) => Some(&world.site.page(*id).parsed.file.path),
            Job::Search(_) | Job::SearchReader | Job::Index(_) | Job::IndexReader | Job::CodeStyles(..) => {
                None
            }
            Job::OfKind(OfKind::Event(id)) => Some(&world.site.page(*id).parsed.file.path),
            Job::OfReactions(OfReactions::Feed(content)) => Some(&world.site.file(*content).path),
            Job::OfKind(_) | Job::OfReactions(_) | Job::Headers(..) | Job::Compressed(..) => None,
        }
    }

    /// Where its outputs go, as far as that is known before it is done.
    pub fn outputs(&self, world: &World) -> Vec<OutPath> {
        match self {
            Job::Render(job) => job.outputs(&world.site, &world.config),
            Job::Copy { to, .. } | Job::Sass { to, .. } => vec![to.clone()],
            Job::Image(image) => vec![image.output.clone()],
            Job::Downloads(id) => super::downloads::outputs(*id, world),
            Job::Search(lang) => vec![OutPath::new(search::file_name(lang, &world.config))],
            Job::SearchReader => vec![OutPath::new(search::READER)],
            Job::Index(_) => Vec::new(),
            Job::IndexReader => {
                let readers = index::readers(&world.config.indexed_languages());
                readers.into_iter().map(|artifact| artifact.path).collect()
            }
            Job::CodeStyles(sheet, _) => vec![OutPath::new(sheet)],
            Job::OfKind(of) => of.outputs(world),
            Job::OfReactions(of) => vec![of.output(world)],
            Job::Headers(server, _) => vec![OutPath::new(server.file_name())],
            // Where there is no gain, there is no copy.
            Job::Compressed(output, forms) => {
                forms.iter().map(|form| OutPath::new(form.path_for(&output.path))).collect()
            }
        }
    }

    /// The identity of what it makes, apart from the answers it asks for.
    pub fn subject(&self, world: &World) -> Hash128 {
        match self {
            Job::Render(job) => job.spec(&world.site, &world.config),
            Job::Copy { source, to, .. } | Job::Sass { source, to, .. } => hash_of(&(source, to)),
            Job::Search(lang) => {
                let files =
                    search::listed(&world.site, lang).into_iter().map(|id| &world.site.file(id).relative);
                hash_of(&files.collect::<Vec<_>>())
            }
            Job::Index(lang) => super::index::subject(lang, world),
            // Each has its hash in its name.
            Job::IndexReader => hash_of(&self.outputs(world)),
            Job::SearchReader | Job::CodeStyles(..) => Hash128::ABSENT,
            Job::Image(image) => hash_of(image),
            Job::OfKind(of) => of.subject(world),
            Job::OfReactions(of) => of.subject(world),
            Job::Headers(_, inline) => hash_of(inline),
            Job::Compressed(output, forms) => hash_of(&(output.hash, &output.copy_of, forms)),
            Job::Downloads(id) => super::downloads::subject(*id, world),
        }
    }

    /// Does it.
    pub fn make(&self, tracer: &Tracer) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
        match self {
            Job::Render(job) => render::run(job, tracer),
            Job::Copy { source, to, .. } => {
                tracer.note(Query::file(source));
                Ok(vec![Artifact::copy(to.clone(), source.clone())])
            }
            Job::Sass { source, to, .. } => {
                let read = |path: &SourcePath| tracer.file(path).ok().flatten();
                let css = sass::compile(source, &read).map_err(|told| vec![told])?;
                Ok(vec![Artifact::new(to.clone(), css)])
            }
            Job::Search(lang) => search_index(lang, tracer).map_err(|told| vec![told]),
            Job::SearchReader => Ok(search::reader(tracer.settings()).into_iter().collect()),
            Job::Index(lang) => super::index::make(lang, tracer),
            Job::IndexReader => Ok(index::readers(&tracer.settings().indexed_languages())),
            Job::CodeStyles(sheet, _) => {
                let lookup: Arc<dyn Lookup> = Arc::new(tracer.clone());
                let sheets = code::style_sheets(&lookup).map_err(|told| vec![told])?;
                Ok(sheets
                    .into_iter()
                    .filter(|(name, _)| name == sheet)
                    .map(|(name, css)| Artifact::new(OutPath::new(name), css))
                    .collect())
            }
            Job::Image(image) => make_image(image, tracer).map_err(|told| vec![told]),
            Job::OfKind(of) => Ok(of.make(tracer)),
            Job::OfReactions(of) => Ok(of.make(tracer)),
            Job::Headers(server, inline) => {
                let config = tracer.settings();
                let text = |rules| {
                    let has_index = !config.indexed_languages().is_empty();
                    servers::file(*server, rules, inline, &config.base_url, has_index)
                };
                let artifact = |text: String| Artifact::new(OutPath::new(server.file_name()), text);
                Ok(config.security.as_ref().map(text).map(artifact).into_iter().collect())
            }
            // Made where other outputs can be seen.
            Job::Compressed(..) => Ok(Vec::new()),
            Job::Downloads(id) => super::downloads::make(*id, tracer),
        }
    }
}

fn make_image(image: &ImageJob, tracer: &Tracer) -> Result<Vec<Artifact>, Diagnostic> {
    let told = |message: String| {
        Diagnostic::error("image/fault", message)
            .in_file(&image.source)
            .hint("Open the image in an editor and save it again, or choose another format.")
    };
    let bytes =
        tracer.file(&image.source).map_err(told)?.ok_or_else(|| told("The image is gone.".to_owned()))?;
    let made = images::make(&bytes, &image.operation).map_err(told)?;
    Ok(vec![Artifact::new(image.output.clone(), made)])
}

fn search_index(lang: &str, tracer: &Tracer) -> Result<Vec<Artifact>, Diagnostic> {
    let site = tracer.site();
    let ids = search::listed(site, lang);
    let bodies: Vec<_> = ids.iter().map(|id| tracer.body(*id).unwrap_or_default()).collect();
    let items: Vec<search::Item<'_>> =
        ids.iter().zip(&bodies).map(|(id, body)| item(*id, &body.html, tracer)).collect();
    search::index(lang, &items, tracer.settings()).map(|artifact| vec![artifact])
}

fn item<'a>(id: ContentId, html: &'a str, tracer: &'a Tracer) -> search::Item<'a> {
    let world = tracer.world();
    let file = world.site.file(id);
    match id {
        ContentId::Page(id) => {
            tracer.note(Query::PageHead(file.relative.clone()));
            let page = world.site.page(id);
            let matter = &page.parsed.matter;
            search::Item {
                url: &page.permalink,
                title: matter.title.as_deref(),
                description: matter.description.as_deref(),
                date: matter.date.as_ref(),
                path: &page.path,
                html,
            }
        }
        ContentId::Section(id) => {
            tracer.note(Query::SectionHead(file.relative.clone()));
            let section = world.site.section(id);
            let matter = &section.parsed.matter;
            search::Item {
                url: &section.permalink,
                title: matter.title.as_deref(),
                description: matter.description.as_deref(),
                date: None,
                path: &section.path,
                html,
            }
        }
    }
}
