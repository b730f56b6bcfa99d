//! A [`Lookup`] for tests: answers from what a test put in, and remembers what was asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use crate::base::{Diagnostic, SourcePath};
use crate::model::{Config, Json, LanguageOptions, TaxonomyConfig};
use crate::template::lookup::{Fetch, ImageJob, Kept, LinkTarget, Lookup};
use crate::template::{Context, Fault, Shared};

use super::{Answer, Call};

/// What the lookup knows, and what it was asked.
pub(crate) struct Fake {
    /// The settings: English by default, French beside it.
    pub(crate) config: Config,
    files: HashMap<String, Vec<u8>>,
    links: HashMap<String, LinkTarget>,
    colocated: HashMap<String, (String, String)>,
    objects: HashMap<String, Json>,
    env: HashMap<String, String>,
    /// The answer of the network.
    pub(crate) network: Result<Vec<u8>, String>,
    /// What was asked over the network.
    pub(crate) fetched: Mutex<Vec<Fetch>>,
    /// The images that were ordered.
    pub(crate) ordered: Mutex<Vec<ImageJob>>,
    /// The complaints.
    pub(crate) complaints: Mutex<Vec<Diagnostic>>,
    /// What is kept, and how often it was made.
    pub(crate) kept: Mutex<HashMap<String, Arc<Kept>>>,
}

impl Default for Fake {
    fn default() -> Self {
        Fake {
            config: config(),
            files: HashMap::new(),
            links: HashMap::new(),
            colocated: HashMap::new(),
            objects: HashMap::new(),
            env: HashMap::new(),
            network: Err("404 Not Found".to_owned()),
            fetched: Mutex::default(),
            ordered: Mutex::default(),
            complaints: Mutex::default(),
            kept: Mutex::default(),
        }
    }
}

fn config() -> Config {
    let taxonomy =
        TaxonomyConfig { name: "Tags".to_owned(), slug: "tags".to_owned(), ..TaxonomyConfig::default() };
    let language = |title: &str| LanguageOptions {
        taxonomies: vec![taxonomy.clone()],
        translations: vec![("title".to_owned(), title.to_owned())],
        ..LanguageOptions::default()
    };
    Config {
        base_url: "https://example.com".to_owned(),
        languages: vec![("en".to_owned(), language("A title")), ("fr".to_owned(), language("Un titre"))],
        ..Config::default()
    }
}

impl Fake {
    /// With a file of the site.
    pub(crate) fn with_file(mut self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.files.insert(path.to_owned(), bytes.as_ref().to_vec());
        self
    }

    /// With content at a URL.
    pub(crate) fn with_link(mut self, relative: &str, permalink: &str) -> Self {
        self.links
            .insert(relative.to_owned(), LinkTarget { permalink: permalink.to_owned(), rendered: true });
        self
    }

    /// With content that has no output.
    pub(crate) fn with_unrendered(mut self, relative: &str) -> Self {
        self.links.insert(relative.to_owned(), LinkTarget { permalink: "x".to_owned(), rendered: false });
        self
    }

    /// With a file beside content.
    pub(crate) fn with_asset(mut self, relative: &str, owner: &str, rest: &str) -> Self {
        self.colocated.insert(relative.to_owned(), (owner.to_owned(), rest.to_owned()));
        self
    }

    /// With an object: `page blog/a.md`, `section …`, `taxonomy en tags`, `term en tags a`. It is a text that says so.
    pub(crate) fn with_object(mut self, key: &str) -> Self {
        self.objects.insert(key.to_owned(), Json::String(key.to_owned()));
        if let Some((_, relative)) =
            key.split_once(' ').filter(|(kind, _)| matches!(*kind, "page" | "section"))
        {
            self = self.with_link(relative, &format!("https://example.com/{relative}"));
        }
        self
    }

    /// With a variable of the environment.
    pub(crate) fn with_env(mut self, name: &str, value: &str) -> Self {
        self.env.insert(name.to_owned(), value.to_owned());
        self
    }

    fn object(&self, key: String) -> Option<Shared> {
        let text = self.objects.get(&key)?.as_str()?;
        Some(Shared::Tera2(tera2::Value::normal_string(text)))
    }
}

impl Lookup for Fake {
    fn config(&self) -> Arc<Config> {
        Arc::new(self.config.clone())
    }

    fn link(&self, relative: &str) -> Option<LinkTarget> {
        self.links.get(relative).cloned()
    }

    fn colocated(&self, relative: &str) -> Option<(String, String)> {
        self.colocated.get(relative).cloned()
    }

    fn page(&self, relative: &str) -> Option<Shared> {
        self.object(format!("page {relative}"))
    }

    fn section(&self, relative: &str) -> Option<Shared> {
        self.object(format!("section {relative}"))
    }

    fn section_without_pages(&self, relative: &str) -> Option<Shared> {
        self.section(relative)
    }

    fn taxonomy(&self, lang: &str, slug: &str) -> Option<Shared> {
        self.object(format!("taxonomy {lang} {slug}"))
    }

    fn term(&self, lang: &str, taxonomy: &str, term: &str) -> Option<Shared> {
        self.object(format!("term {lang} {taxonomy} {term}"))
    }

    fn term_permalink(&self, lang: &str, taxonomy: &str, term: &str) -> Option<String> {
        self.objects
            .contains_key(&format!("term {lang} {taxonomy} {term}"))
            .then(|| format!("/{lang}/{taxonomy}/{term}/"))
    }

    fn file(&self, path: &SourcePath) -> Result<Option<Arc<[u8]>>, String> {
        Ok(self.files.get(path.as_str()).map(|bytes| bytes.clone().into()))
    }

    fn has_file(&self, path: &SourcePath) -> bool {
        self.files.contains_key(path.as_str())
    }

    fn env(&self, name: &str) -> Option<String> {
        self.env.get(name).cloned()
    }

    fn now(&self) -> i128 {
        1_700_000_000_123_456_789
    }

    fn by_chance(&self) {}

    fn fetch(&self, request: &Fetch) -> Result<Arc<[u8]>, String> {
        self.fetched.lock().unwrap().push(request.clone());
        self.network.clone().map(Arc::from)
    }

    fn order_image(&self, job: ImageJob) {
        self.ordered.lock().unwrap().push(job);
    }

    fn catalog(&self, _: &crate::template::catalog::Ask) -> Result<Option<Arc<Kept>>, String> {
        Ok(None)
    }

    fn reactions(&self, _: &crate::template::reactions::Ask) -> Result<Option<Arc<Kept>>, String> {
        Ok(None)
    }

    fn memo(&self, key: &str, make: &dyn Fn() -> Result<Json, String>) -> Result<Arc<Kept>, String> {
        let mut kept = self.kept.lock().unwrap();
        if let Some(value) = kept.get(key) {
            return Ok(value.clone());
        }
        let value = Arc::new(Kept { json: make()?, ..Kept::default() });
        kept.insert(key.to_owned(), value.clone());
        Ok(value)
    }

    fn downloads(&self, _: &str) -> Result<Json, String> {
        Ok(Json::Null)
    }

    fn attachments(&self, _: &str) -> Json {
        Json::Null
    }

    fn has_template(&self, _: &str) -> bool {
        false
    }

    fn render(&self, _: &str, _: Context) -> Option<Result<String, Fault>> {
        None
    }

    fn render_inline(&self, _: &str, _: Context) -> Result<String, Fault> {
        Err(Fault::message("", "no engine"))
    }

    fn complain(&self, diagnostic: Diagnostic) {
        self.complaints.lock().unwrap().push(diagnostic);
    }
}

/// A call with these arguments, from a template that sees nothing.
pub(crate) fn call(fake: Fake, args: Json) -> Call<'static> {
    call_from(Arc::new(fake), args, &|_| None)
}

/// A call with these arguments, from a template that sees `scope`.
pub(crate) fn call_from<'a>(
    lookup: Arc<Fake>,
    args: Json,
    scope: &'a dyn Fn(&str) -> Option<Json>,
) -> Call<'a> {
    let Json::Object(args) = args else { panic!("arguments are a table") };
    Call { args, lookup, scope }
}

/// The answer as a value, whatever form it came in.
pub(crate) fn value(answer: Result<Answer, String>) -> Result<Json, String> {
    answer.map(|answer| match answer {
        Answer::Json(json) => json,
        Answer::Kept(json) => json.json.clone(),
        Answer::Safe(text) => Json::String(format!("safe:{text}")),
        Answer::Shared(Shared::Tera1(tree)) => panic!("not made here: {tree:?}"),
        Answer::Shared(Shared::Tera2(value)) => {
            Json::String(format!("object:{}", value.as_str().unwrap_or_default()))
        }
    })
}
