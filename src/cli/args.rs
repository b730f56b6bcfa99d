//! The words of each command. Zola's flags have Zola's names.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::model::reaction::Source;

/// Builds knowledge platforms and any other Zola site.
#[derive(Debug, Parser)]
#[command(name = "praktijk", version, about, after_help = "Licence: EUPL-1.2 <https://eupl.eu>")]
pub struct Args {
    /// The folder of the site, or one inside it
    #[arg(short = 'r', long, default_value = ".", global = true)]
    pub root: PathBuf,

    /// The settings' file [default: zola.toml, else config.toml]
    #[arg(short = 'c', long, global = true)]
    pub config: Option<PathBuf>,

    /// How complaints are shown
    #[arg(long, visible_alias = "format", value_enum, default_value_t = ReportForm::Terminal, global = true)]
    pub report: ReportForm,

    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// How complaints are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportForm {
    /// For people: drawn on a terminal, plain elsewhere
    Terminal,
    /// For programs: one JSON object a line, on standard output
    Json,
    /// For the page of a change in a forge (GitHub, Forgejo): `::error file=…,line=…::…`
    #[value(alias = "github")]
    Annotations,
    /// For the page of a change in GitLab: a report of code quality, on standard output
    Gitlab,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new site
    Init(Init),
    /// Build the site
    Build(Build),
    /// Serve the site on this computer, and build it again whenever something changes
    Serve(Serve),
    /// See whether the site can be built, whether its links lead somewhere, and whether its content keeps to the rules
    Check(Check),
    /// Write a new page of a kind, with all its fields and headings, as a draft
    New(New),
    /// Print JSON Schemas of the front matter, for editors that complete what one writes
    Schema(Schema),
    /// Search the site as its visitors do; it need not be built
    Search(Search),
    /// Rewrite a site of Zola 0.22 for 0.23, in a new folder, with a report
    Migrate(Migrate),
    /// Print what a shell needs to complete commands
    Completion(Completion),
}

/// `init`
#[derive(Debug, clap::Args)]
pub struct Init {
    /// The folder to make it in
    #[arg(default_value = ".")]
    pub name: PathBuf,
    /// Also when the folder is not empty
    #[arg(short, long)]
    pub force: bool,
}

/// `build`
#[derive(Debug, clap::Args)]
pub struct Build {
    /// Where the site will stand, instead of the settings' base_url
    #[arg(short = 'u', long)]
    pub base_url: Option<String>,
    /// The output folder, instead of the settings' output_dir
    #[arg(short, long)]
    pub output_dir: Option<PathBuf>,
    /// Also when the folder of --output-dir exists; what is in it and not of the site is removed
    #[arg(short, long)]
    pub force: bool,
    /// Build drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Make the HTML smaller
    #[arg(long)]
    pub minify: bool,
    /// Write compressed copies beside the files (.br and .gz), for servers that hand them out as they are
    #[arg(long)]
    pub precompress: bool,
    /// Also write the whole site as a ZIP file that can be read without a server [default: beside the output folder]
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    pub zip: Option<Option<PathBuf>>,
    /// Where accepted reactions come from, instead of the settings' source: a file of the site, sqlite:PATH, the https:// address of an endpoint's export (its token in REACTIES_TOKEN), or none
    #[arg(long, value_name = "SOURCE", value_parser = Source::parse)]
    pub reactions: Option<Source>,
    /// Say what was done, what was reused, and why
    #[arg(long)]
    pub explain: bool,
    /// Say how long each step took
    #[arg(long)]
    pub timings: bool,
    /// Forget what earlier builds did
    #[arg(long)]
    pub no_cache: bool,
}

/// `serve`
#[derive(Debug, clap::Args)]
pub struct Serve {
    /// The address to listen at
    #[arg(short, long, default_value = "127.0.0.1")]
    pub interface: IpAddr,
    /// The port to listen at [default: 1111, or the next free one]
    #[arg(short, long)]
    pub port: Option<u16>,
    /// Also write the site to this folder after each build
    #[arg(short, long)]
    pub output_dir: Option<PathBuf>,
    /// Also when the folder of --output-dir exists
    #[arg(long)]
    pub force: bool,
    /// The address in the pages, instead of the one that is listened at
    #[arg(short = 'u', long)]
    pub base_url: Option<String>,
    /// Build drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Open the site in a browser
    #[arg(short = 'O', long)]
    pub open: bool,
    /// Also write the site to its output folder after each build
    #[arg(long)]
    pub store_html: bool,
    /// Every build does only what must be done, so there is nothing to choose; taken for Zola's sake
    #[arg(short, long)]
    pub fast: bool,
    /// Do not put the port behind --base-url
    #[arg(long)]
    pub no_port_append: bool,
    /// Say how long each step of a build took
    #[arg(long)]
    pub timings: bool,
    /// A further file or folder to watch, from the root of the site
    #[arg(long)]
    pub extra_watch_path: Vec<PathBuf>,
    /// How many milliseconds it must be quiet before a build starts
    #[arg(short, long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    pub debounce: u64,
}

/// `check`
#[derive(Debug, clap::Args)]
pub struct Check {
    /// Check drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Leave links to other sites alone
    #[arg(long)]
    pub skip_external_links: bool,
    /// Only say which dialect of Zola the site is read as, and why
    #[arg(long)]
    pub dialect: bool,
    /// Only explain a rule, such as `sectie-leeg`
    #[arg(long, value_name = "RULE")]
    pub explain: Option<String>,
    /// A file of known complaints, which are passed over
    #[arg(long, value_name = "FILE", conflicts_with = "write_baseline")]
    pub baseline: Option<PathBuf>,
    /// Write the complaints there are to such a file
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,
}

/// `new`
#[derive(Debug, clap::Args)]
pub struct New {
    /// The kind, as its file in `kinds/` is called
    pub kind: String,
    /// The title
    pub title: String,
    /// The language of the page [default: the site's]
    #[arg(long)]
    pub lang: Option<String>,
}

/// `schema`
#[derive(Debug, clap::Args)]
pub struct Schema {
    /// The kind [default: all of them]
    pub kind: Option<String>,
    /// The folder to write `KIND.json` to, instead of standard output
    #[arg(long)]
    pub out: Option<PathBuf>,
}

/// `search`
#[derive(Debug, clap::Args)]
pub struct Search {
    /// What to look for, as a visitor would write it
    pub words: String,
    /// Print the rows as JSON: one array on standard output
    #[arg(long)]
    pub json: bool,
    /// How many pages to show
    #[arg(long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=100))]
    pub limit: u16,
    /// Say of every word why it was found, and what it counted
    #[arg(long)]
    pub explain: bool,
    /// The language of the pages [default: the site's]
    #[arg(long, value_name = "CODE")]
    pub lang: Option<String>,
}

/// `migrate`
#[derive(Debug, clap::Args)]
pub struct Migrate {
    /// The new folder [default: beside the site, with -0.23 behind its name]
    #[arg(long, conflicts_with = "in_place")]
    pub to: Option<PathBuf>,
    /// Change the files of the site itself; everything must be kept in Git
    #[arg(long)]
    pub in_place: bool,
    /// Also when the new folder is not empty, or when not everything is kept in Git
    #[arg(short, long)]
    pub force: bool,
    /// Hand components `page`, `config` and the like in every call, for Zola before 0.23.6
    #[arg(long)]
    pub explicit: bool,
    /// A folder with the pages as Zola 0.22 built them, to compare with, instead of building them now
    #[arg(long)]
    pub compare_with: Option<PathBuf>,
}

/// `completion`
#[derive(Debug, clap::Args)]
pub struct Completion {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}
