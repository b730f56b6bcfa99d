//! `zola.toml` as data, with Zola's names and defaults. `parse::config` fills it.

use serde::{Deserialize, Serialize};

use super::security::Security;
use super::slug::Strategy;
use super::{Dialect, Globs, InsertAnchor, JsonMap, Kind, reaction};

/// The settings of a site.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Config {
    /// Which Zola the site was written for; found before any file of `content/` is read.
    pub dialect: Dialect,
    /// Where the site will stand, `https://…`.
    pub base_url: String,
    /// The theme in `themes/`.
    pub theme: Option<String>,
    /// The language of files without a language in their name.
    pub default_language: String,
    /// Every language with its options, the default one among them, in the order they were written (the default
    /// first). Title, description, feeds, taxonomies, search and translations of the default language stand here.
    pub languages: Vec<(String, LanguageOptions)>,
    /// How many pages a feed carries; none means all.
    pub feed_limit: Option<usize>,
    /// Whether static files are linked instead of copied.
    pub hard_link_static: bool,
    /// The path before every taxonomy.
    pub taxonomy_root: Option<String>,
    /// Who wrote the pages that name no author.
    pub author: Option<String>,
    /// Whether the site's own `sass/` is compiled; a theme's always is.
    pub compile_sass: bool,
    /// Whether HTML is made smaller.
    pub minify_html: bool,
    /// Files of `content/` to leave alone; matched on the full path.
    pub ignored_content: Globs,
    /// Files of `static/` to leave alone; matched on the path below it.
    pub ignored_static: Globs,
    /// Files whose content is Markdown only; matched on the path below `content/`.
    pub skip_content_templating: Globs,
    /// What the site is being made for.
    pub mode: Mode,
    /// The output folder, from the root of the site.
    pub output_dir: String,
    /// Whether dotfiles at the top of the output folder stay.
    pub preserve_dotfiles_in_output: bool,
    /// The link checker.
    pub link_checker: LinkChecker,
    /// How names become URLs.
    pub slugify: Slugify,
    /// The search settings as written at the top level: format and file names for all languages.
    pub search: Search,
    /// Whether the top level asks for search indexes; dialect 0.22 makes none for any language without it.
    pub search_at_top: bool,
    /// Markdown.
    pub markdown: Markdown,
    /// The author's own data, with the theme's under it.
    pub extra: JsonMap,
    /// The kinds of content that theme and site declare, by name.
    pub kinds: Vec<Kind>,
    /// What browsers are told to refuse; none means that nothing is said.
    pub security: Option<Security>,
    /// What is done about reactions of members; none means that the site has none.
    pub reactions: Option<reaction::Settings>,
    /// Whether there is a sitemap.
    pub generate_sitemap: bool,
    /// Whether there is a robots.txt.
    pub generate_robots_txt: bool,
    /// Whether pagers stay out of the sitemap.
    pub exclude_paginated_pages_in_sitemap: ExcludePaginatedPages,
}

impl Default for Config {
    /// The settings of a site that sets nothing. A site that is built sets at least `base_url`.
    fn default() -> Self {
        Config {
            dialect: Dialect::default(),
            base_url: String::new(),
            theme: None,
            default_language: "en".to_owned(),
            languages: Vec::new(),
            feed_limit: None,
            hard_link_static: false,
            taxonomy_root: None,
            author: None,
            compile_sass: false,
            minify_html: false,
            ignored_content: Globs::default(),
            ignored_static: Globs::default(),
            skip_content_templating: Globs::default(),
            mode: Mode::Build,
            output_dir: "public".to_owned(),
            preserve_dotfiles_in_output: false,
            link_checker: LinkChecker::default(),
            slugify: Slugify::default(),
            search: Search::default(),
            search_at_top: false,
            markdown: Markdown::default(),
            extra: JsonMap::new(),
            kinds: Vec::new(),
            security: None,
            reactions: None,
            generate_sitemap: true,
            generate_robots_txt: true,
            exclude_paginated_pages_in_sitemap: ExcludePaginatedPages::None,
        }
    }
}

/// What the site is being made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// To be published.
    #[default]
    Build,
    /// To be looked at while writing.
    Serve,
    /// To be checked only.
    Check,
}

/// Whether pagers stay out of the sitemap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExcludePaginatedPages {
    /// They are in it.
    #[default]
    None,
    /// They are left out.
    All,
}

/// What differs between languages. The order of the fields is the order templates see them in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LanguageOptions {
    /// The site's title.
    pub title: Option<String>,
    /// A sentence about the site.
    pub description: Option<String>,
    /// Whether there are feeds.
    pub generate_feeds: bool,
    /// The files, which are the names of their templates too.
    pub feed_filenames: Vec<String>,
    /// The taxonomies.
    pub taxonomies: Vec<TaxonomyConfig>,
    /// Whether there is a search index.
    pub build_search_index: bool,
    /// What is in it.
    pub search: Search,
    /// Words for templates (`trans`).
    #[serde(with = "pairs")]
    pub translations: Vec<(String, String)>,
    /// The theme's words, where the site has none of its own. No template sees them as a table: Zola has no such thing.
    #[serde(skip)]
    pub theme_translations: Vec<(String, String)>,
}

impl Default for LanguageOptions {
    fn default() -> Self {
        LanguageOptions {
            title: None,
            description: None,
            generate_feeds: false,
            feed_filenames: vec!["atom.xml".to_owned()],
            taxonomies: Vec::new(),
            build_search_index: false,
            search: Search::default(),
            translations: Vec::new(),
            theme_translations: Vec::new(),
        }
    }
}

/// A taxonomy.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct TaxonomyConfig {
    /// The name in front matter and template folders.
    pub name: String,
    /// The name in URLs; computed.
    pub slug: String,
    /// How many pages one pager of a term lists; none or 0 means no pagers.
    pub paginate_by: Option<usize>,
    /// The part of the path before the pager's number.
    pub paginate_path: Option<String>,
    /// Whether it has outputs.
    pub render: bool,
    /// Whether each term has feeds.
    pub feed: bool,
}

impl Default for TaxonomyConfig {
    fn default() -> Self {
        TaxonomyConfig {
            name: String::new(),
            slug: String::new(),
            paginate_by: None,
            paginate_path: None,
            render: true,
            feed: false,
        }
    }
}

impl LanguageOptions {
    /// A word for templates: the site's own, else the theme's.
    pub fn translation(&self, key: &str) -> Option<&str> {
        let mut words = self.translations.iter().chain(&self.theme_translations);
        words.find(|(known, _)| known == key).map(|(_, text)| text.as_str())
    }
}

impl TaxonomyConfig {
    /// How many pages one pager lists, if there are pagers.
    pub fn pager_size(&self) -> Option<usize> {
        self.paginate_by.filter(|size| *size > 0)
    }
}

/// The search index that Zola makes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Search {
    /// Whether titles are in it.
    pub include_title: bool,
    /// Whether the text is in it.
    pub include_content: bool,
    /// How many characters of the text at most.
    pub truncate_content_length: Option<usize>,
    /// Whether descriptions are in it.
    pub include_description: bool,
    /// Whether dates are in it.
    pub include_date: bool,
    /// Whether paths are in it.
    pub include_path: bool,
    /// Its format.
    pub index_format: IndexFormat,
}

impl Default for Search {
    fn default() -> Self {
        Search {
            include_title: true,
            include_content: true,
            truncate_content_length: None,
            include_description: false,
            include_date: false,
            include_path: false,
            index_format: IndexFormat::default(),
        }
    }
}

/// The format of the search index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndexFormat {
    /// elasticlunr, as JSON.
    ElasticlunrJson,
    /// elasticlunr, as a script.
    #[default]
    ElasticlunrJavascript,
    /// Fuse.js, as JSON.
    FuseJson,
    /// Fuse.js, as a script.
    FuseJavascript,
    /// Our own, which Zola does not have.
    Praktijk,
}

/// How bad a broken link is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkLevel {
    /// The build fails.
    #[default]
    Error,
    /// A warning.
    Warn,
}

/// The link checker.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct LinkChecker {
    /// URLs that start with one of these are not asked for.
    pub skip_prefixes: Vec<String>,
    /// Of URLs that start with one of these, the anchor is not looked up.
    pub skip_anchor_prefixes: Vec<String>,
    /// How bad a broken internal link is.
    pub internal_level: LinkLevel,
    /// How bad a broken external link is.
    pub external_level: LinkLevel,
    /// Files whose links are not checked; matched on the path from the root of the site.
    pub ignored_files: Globs,
}

/// How names become URLs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Slugify {
    /// Of pages.
    pub paths: Strategy,
    /// Whether a date at the start of a file name stays in the path.
    pub paths_keep_dates: bool,
    /// Of taxonomies and terms.
    pub taxonomies: Strategy,
    /// Of headings.
    pub anchors: Strategy,
}

/// Markdown. The order of the fields is the order templates see them in.
#[derive(Clone, Debug, PartialEq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Markdown {
    /// Colours for code; none means plain code.
    pub highlighting: Option<Highlighting>,
    /// Whether `:smile:` becomes a picture character.
    pub render_emoji: bool,
    /// A class for links to other sites.
    pub external_links_class: Option<String>,
    /// Whether they open in a new tab.
    pub external_links_target_blank: bool,
    /// Whether they carry `rel="nofollow"`.
    pub external_links_no_follow: bool,
    /// Whether they carry `rel="noreferrer"`.
    pub external_links_no_referrer: bool,
    /// Whether they carry `rel="external"`.
    pub external_links_external: bool,
    /// Whether quotes, dashes and dots become typographic.
    pub smart_punctuation: bool,
    /// Whether there are definition lists.
    pub definition_list: bool,
    /// Whether footnotes stand at the bottom, with links back.
    pub bottom_footnotes: bool,
    /// Whether images load lazily.
    pub lazy_async_image: bool,
    /// Where links to headings go.
    pub insert_anchor_links: InsertAnchor,
    /// Whether `> [!NOTE]` is an alert.
    pub github_alerts: bool,
}

impl Default for Markdown {
    fn default() -> Self {
        Markdown {
            highlighting: None,
            render_emoji: false,
            external_links_class: None,
            external_links_target_blank: false,
            external_links_no_follow: false,
            external_links_no_referrer: false,
            external_links_external: true,
            smart_punctuation: false,
            definition_list: false,
            bottom_footnotes: false,
            lazy_async_image: false,
            insert_anchor_links: InsertAnchor::None,
            github_alerts: false,
        }
    }
}

/// Colours for code: one theme, or a light and a dark one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Highlighting {
    /// Whether a language without a grammar is an error.
    #[serde(default)]
    pub error_on_missing_language: bool,
    /// Colours in the HTML, or classes and a style sheet.
    #[serde(default)]
    pub style: HighlightStyle,
    /// The one theme.
    pub theme: Option<String>,
    /// The light theme.
    pub light_theme: Option<String>,
    /// The dark theme.
    pub dark_theme: Option<String>,
    /// Whether the style sheet of two themes sets `color-scheme`; none means yes.
    pub add_color_scheme: Option<bool>,
    /// Grammars of the site, from the folder of the config.
    #[serde(default)]
    pub extra_grammars: Vec<String>,
    /// Themes of the site, from the folder of the config.
    #[serde(default)]
    pub extra_themes: Vec<String>,
    /// Where `data-lang` and its kin stand.
    #[serde(default)]
    pub data_attr_position: DataAttrPosition,
}

/// Colours in the HTML, or classes and a style sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HighlightStyle {
    /// In the HTML.
    #[default]
    Inline,
    /// Classes.
    Class,
}

/// Where `data-lang` and its kin stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DataAttrPosition {
    /// On `<code>`.
    #[default]
    Code,
    /// On `<pre>`.
    Pre,
    /// On both.
    Both,
    /// Nowhere.
    None,
}

impl Config {
    /// The options of a language of the site.
    pub fn language(&self, code: &str) -> Option<&LanguageOptions> {
        self.languages.iter().find(|(known, _)| known == code).map(|(_, options)| options)
    }

    /// The codes of all languages but the default one.
    pub fn other_languages(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(|(code, _)| code.as_str()).filter(|code| *code != self.default_language)
    }

    /// The languages that have a search index, of whatever format, the default one first. In dialect 0.22 no language has
    /// one unless the settings ask for it at the top.
    pub fn search_languages(&self) -> Vec<&str> {
        if self.dialect.is_old() && !self.search_at_top {
            return Vec::new();
        }
        let with_index = self.languages.iter().filter(|(_, options)| options.build_search_index);
        with_index.map(|(code, _)| code.as_str()).collect()
    }

    /// The languages that have a search index of our own.
    pub fn indexed_languages(&self) -> Vec<&str> {
        if self.search.index_format == IndexFormat::Praktijk { self.search_languages() } else { Vec::new() }
    }

    /// The path at which the site stands: empty, or with a slash before and none behind.
    pub fn base_path(&self) -> &str {
        let behind = self.base_url.split_once("://").map_or(self.base_url.as_str(), |(_, behind)| behind);
        let own = if self.base_url.contains("://") {
            behind.find('/').map_or("", |at| &behind[at..])
        } else {
            behind
        };
        own.trim_end_matches('/')
    }

    /// Whether there is more than one language.
    pub fn is_multilingual(&self) -> bool {
        self.languages.len() > 1
    }

    /// The name, in a section's folder, of the file that describes it in a language.
    pub fn index_file(&self, lang: &str) -> String {
        if lang == self.default_language { "_index.md".to_owned() } else { format!("_index.{lang}.md") }
    }

    /// The whole URL of a path of the site: base URL and path with one slash between, and a slash at the end unless
    /// the path is empty, has one, names a feed or holds a `#`.
    pub fn permalink(&self, path: &str) -> String {
        let feeds =
            self.language(&self.default_language).map_or(&[] as &[String], |options| &options.feed_filenames);
        let closed = path.is_empty()
            || path.ends_with('/')
            || path.contains('#')
            || feeds.iter().any(|feed| path.ends_with(feed.as_str()));
        let base = self.base_url.strip_suffix('/').unwrap_or(&self.base_url);
        let path = path.strip_prefix('/').unwrap_or(path);
        format!("{base}/{path}{}", if closed { "" } else { "/" })
    }
}

/// A table of texts that keeps the order in which it was written.
mod pairs {
    use serde::de::{MapAccess, Visitor};
    use serde::ser::SerializeMap;
    use serde::{Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(pairs: &[(String, String)], to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(pairs.len()))?;
        for (key, value) in pairs {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(String, String)>, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Vec<(String, String)>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a table of texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(pairs)
            }
        }
        from.deserialize_map(Pairs)
    }
}
