"""Builds a small site and reads what it made with programs that others wrote. Prints what was seen, and fails at the first
thing that is not as it should be."""

import base64
import csv
import datetime
import gzip
import hashlib
import html.parser
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import zipfile

import icalendar
import jsonschema

WORK = pathlib.Path(sys.argv[1])
SITE = WORK / "site"
PUBLIC = SITE / "public"
BASE = "https://www.voorbeeld.example/plek"
LONG = "Samen werken aan veiligheid: é, €, 😀; komma’s, puntkomma’s en \\ schuine strepen. " * 3

FILES = {
    "zola.toml": f'base_url = "{BASE}"\ntitle = "Plek"\n[extra.praktijk]\nsecurity = true\nlicence = "CC BY 4.0"\n',
    "kinds/bijeenkomst.toml": """
label = "Bijeenkomst"
plural = "Kalender"
folder = "kalender"
order = "begin"
open_data = true
calendar = { begin = "begin", end = "einde", location = "plaats", organizer = "wie" }
fields = [
  { name = "title", label = "Titel" },
  { name = "begin", label = "Begin", type = "moment" },
  { name = "einde", label = "Einde", type = "moment" },
  { name = "plaats", label = "Plaats" },
  { name = "wie", label = "Wie" },
  { name = "aantal", label = "Aantal", type = "integer" },
  { name = "doelgroep", label = "Doelgroep", list = true },
]
""",
    "content/_index.md": '+++\ntitle = "Thuis"\n+++\n',
    "content/kalender/_index.md": '+++\ntitle = "Kalender"\n+++\n',
    "content/kalender/dag.md": f"""+++
title = "Een dag; met, tekens"
description = "{LONG.strip().replace(chr(92), chr(92) * 2)}"
date = 2026-11-01
[extra]
begin = 2027-07-14T13:30:00+02:00
einde = 2027-07-14T16:30:00+02:00
plaats = "Zaal 1, Duinrade"
wie = "Gemeente Duinrade"
aantal = -5
doelgroep = ["=1+1", "ouders"]
+++
Tekst. <script>document.title = 'x';</script>
""",
    "content/kalender/week.md": '+++\ntitle = "Week"\n[extra]\nbegin = 2026-12-28\neinde = 2026-12-31\n+++\nTekst.\n',
    "templates/index.html": '<!doctype html><meta charset="utf-8"><title>Thuis</title>'
    '<link rel="stylesheet" href="/plek/stijl.css"><a href="/plek/kalender/">Kalender</a>',
    "templates/section.html": '<!doctype html><meta charset="utf-8"><title>Lijst</title>'
    '{% for p in section.pages %}<a href="{{ p.permalink }}">{{ p.title }}</a>{% endfor %}',
    "templates/page.html": '<!doctype html><meta charset="utf-8"><title>{{ page.title }}</title>'
    '<a href="/plek/">Thuis</a>{{ page.content | safe }}',
    "static/stijl.css": "p { color: black }\n" * 40,
}


def expect(found, wanted, what):
    if found != wanted:
        sys.exit(f"{what}: {found!r} instead of {wanted!r}")
    print(f"  {what}")


def build():
    for name, text in FILES.items():
        path = SITE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    subprocess.run([os.environ["PRAKTIJK"], "build", "--precompress", "--zip"], cwd=SITE, check=True)


def calendars():
    text = (PUBLIC / "kalender/dag/dag.ics").read_bytes()
    expect(max(len(line) for line in text.split(b"\r\n")) <= 75, True, "no line of a calendar is too long")
    event = icalendar.Calendar.from_ical(text).events[0]
    expect(event.errors, [], "icalendar finds no fault")
    expect(str(event["SUMMARY"]), "Een dag; met, tekens", "the title comes back")
    expect(str(event["DESCRIPTION"]), LONG.strip(), "the description comes back")
    begin = datetime.datetime(2027, 7, 14, 11, 30, tzinfo=datetime.timezone.utc)
    expect(event["DTSTART"].dt, begin, "it begins when it should")
    expect(event["DTSTAMP"].dt, datetime.datetime(2026, 11, 1, tzinfo=datetime.timezone.utc), "no clock")
    feed = icalendar.Calendar.from_ical((PUBLIC / "kalender/calendar.ics").read_bytes())
    week = next(event for event in feed.events if str(event["SUMMARY"]) == "Week")
    expect(len(feed.events), 2, "the feed has both events")
    expect((week["DTSTART"].dt, week["DTEND"].dt), (datetime.date(2026, 12, 28), datetime.date(2027, 1, 1)), "whole days")


def data():
    made = json.loads((PUBLIC / "data/kalender.json").read_text(encoding="utf-8"))
    schema = json.loads((PUBLIC / "data/kalender.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(made, schema)
    expect((made["licence"], made["count"]), ("CC BY 4.0", 2), "the data fit their schema")
    with open(PUBLIC / "data/kalender.csv", encoding="utf-8-sig", newline="") as file:
        rows = {row["Titel"]: row for row in csv.DictReader(file)}
    row = rows["Een dag; met, tekens"]
    expect((row["Aantal"], row["Doelgroep"]), ("-5", "'=1+1 | ouders"), "a number is a number, a formula is text")
    expect(row["description"], LONG.strip(), "the table is whole")


class Policy(html.parser.HTMLParser):
    """The policy in a page, and the sums of its scripts."""

    def __init__(self, text):
        super().__init__()
        self.policy, self.sums, self.inside = None, [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes["content"]
        self.inside = tag == "script" and "src" not in attributes

    def handle_data(self, text):
        if self.inside:
            self.sums.append(base64.b64encode(hashlib.sha256(text.encode()).digest()).decode())

    def handle_endtag(self, tag):
        self.inside = False


def policies():
    pages = sorted(PUBLIC.rglob("*.html"))
    headers = (PUBLIC / "_headers").read_text()
    for path in pages:
        page = Policy(path.read_text(encoding="utf-8"))
        missing = [sum for sum in page.sums if f"'sha256-{sum}'" not in page.policy or sum not in headers]
        expect((missing, "unsafe-inline" in page.policy), ([], False), f"the policy of {path.relative_to(PUBLIC)}")


def copies():
    for path in PUBLIC.rglob("*.gz"):
        expect(gzip.decompress(path.read_bytes()), path.with_suffix("").read_bytes(), f"{path.relative_to(PUBLIC)}")
    archive = zipfile.ZipFile(SITE / "plek.zip")
    expect(archive.testzip(), None, "the ZIP file is whole")
    names = set(archive.namelist())
    for name in sorted(names):
        if not name.endswith(".html"):
            continue
        for link in re.findall(r'(?:href|src)="([^"#]+)', archive.read(name).decode()):
            target = urllib.parse.urljoin(f"file:///{name}", link).removeprefix("file:///")
            expect(urllib.parse.unquote(target) in names, True, f"{name} leads to {link}")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def answer(port, path):
    for _ in range(50):
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5)
        except urllib.error.HTTPError as error:
            return error
        except OSError:
            time.sleep(0.1)
    sys.exit(f"no answer at port {port}")


def served(name, command, port):
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=WORK)
    try:
        page = answer(port, "/plek/")
        expect(page.status, 200, f"{name} serves the site")
        expect("frame-ancestors 'none'" in page.headers["Content-Security-Policy"], True, f"{name}: the policy")
        expect(page.headers["X-Content-Type-Options"], "nosniff", f"{name}: no guessing")
        expect(page.headers["Strict-Transport-Security"], "max-age=31536000", f"{name}: https only")
        expect(page.headers["Cache-Control"], "public, max-age=0, must-revalidate", f"{name}: pages are asked for")
        for path in ["/plek/stijl.css?h=abc", "/plek/processed_images/weg.png"]:
            kept = answer(port, path).headers["Cache-Control"]
            expect(kept, "public, max-age=31536000, immutable", f"{name}: {path} is kept")
    finally:
        server.terminate()
        server.wait()


def servers():
    (WORK / "www").mkdir()
    (WORK / "www/plek").symlink_to(PUBLIC)
    port = free_port()
    conf = WORK / "nginx.conf"
    conf.write_text(
        f"daemon off; pid {WORK}/nginx.pid; error_log {WORK}/nginx.log;\nevents {{}}\nhttp {{\n"
        + "".join(
            f"{kind}_temp_path {WORK}/{kind};\n" for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        )
        + f"access_log off; types {{ text/html html; text/css css; }}\n"
        f"server {{ listen 127.0.0.1:{port}; root {WORK}/www; include {PUBLIC}/headers.nginx.conf; }}\n}}\n"
    )
    # Workers run as nobody, who must be able to look into it.
    WORK.chmod(0o755)
    subprocess.run(["nginx", "-t", "-q", "-p", str(WORK), "-c", str(conf)], check=True)
    served("nginx", ["nginx", "-p", str(WORK), "-c", str(conf)], port)
    port = free_port()
    caddy = WORK / "Caddyfile"
    caddy.write_text(
        "{\n\tadmin off\n\tauto_https off\n}\n"
        f"http://127.0.0.1:{port} {{\n\troot * {WORK}/www\n\timport {PUBLIC}/headers.Caddyfile\n"
        "\tfile_server {\n\t\tprecompressed br gzip\n\t}\n}\n"
    )
    command = ["caddy", "validate", "--config", str(caddy), "--adapter", "caddyfile"]
    subprocess.run(command, check=True, capture_output=True)
    served("Caddy", ["caddy", "run", "--config", str(caddy), "--adapter", "caddyfile"], port)


if __name__ == "__main__":
    build()
    for part in [calendars, data, policies, copies, servers]:
        print(f"{part.__name__}:")
        part()
    print("All as it should be.")
