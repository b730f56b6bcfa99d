"""Opens every download below a folder with programs that are not ours, and holds PDF, Word document and ZIP of a page
against each other. A second folder holds the same, built once more. Prints what is wrong; the last line counts."""

import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pikepdf

FIRST, SECOND = Path(sys.argv[1]), Path(sys.argv[2])
faults = []


def fault(path, text):
    faults.append(f"{path.relative_to(FIRST)}: {text}")


def told(*command):
    return subprocess.run(command, capture_output=True, text=True, errors="replace")


def words(text):
    """The words of a text, without what is a mark of a list in one format and a number in another."""
    return [word for word in re.findall(r"[^\W_]+", text)]


# -- PDF --


def checked(path):
    """The checker of PDF/UA has nothing to say."""
    said = told(str(Path(sys.executable).parent / "pdfua"), "check", str(path))
    if said.returncode != 0:
        fault(path, "PDF/UA: " + said.stdout.strip())


def tagged(path):
    """What PDF/UA asks of the document as a whole, whatever the checker looked at."""
    with pikepdf.open(path) as pdf:
        root = pdf.Root
        with pdf.open_metadata() as xmp:
            if xmp.get("pdfuaid:part") != "1":
                fault(path, "does not say that it is PDF/UA-1")
            if not xmp.get("dc:title"):
                fault(path, "has no title")
        if not root.get("/MarkInfo", {}).get("/Marked"):
            fault(path, "is not tagged")
        if not str(root.get("/Lang", "")):
            fault(path, "has no language")
        if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
            fault(path, "shows the name of the file instead of its title")
        if "/Outlines" not in root:
            fault(path, "has no bookmarks")
        for page in pdf.pages:
            if page.get("/Tabs") != "/S":
                fault(path, "a page is not read in the order of its structure")
        for number, font in enumerate(fonts(pdf)):
            described = font.get("/FontDescriptor", {})
            if not any(name in described for name in ("/FontFile", "/FontFile2", "/FontFile3")):
                fault(path, f"font {number} is not embedded: {font.get('/BaseFont')}")
        return len(pdf.pages)


def fonts(pdf):
    """Every font that draws something."""
    for page in pdf.pages:
        for font in page.get("/Resources", {}).get("/Font", {}).values():
            yield from font.get("/DescendantFonts", [font])


def structure(path):
    """The structure as lines: depth, tag, text."""
    lines = []
    for line in told("pdfinfo", "-enc", "UTF-8", "-struct-text", str(path)).stdout.splitlines():
        bare = line.strip()
        depth = len(line) - len(line.lstrip())
        if bare.startswith('"') and bare.endswith('"'):
            lines.append((depth, None, bare[1:-1]))
        elif match := re.match(r"[A-Z][A-Za-z0-9]*", bare):
            lines.append((depth, match.group(0), ""))
    return lines


def read_in_order(path):
    """Headings leave no level out, tables have headers; gives the text in the order in which it is read."""
    lines = structure(path)
    tags = [tag for _, tag, _ in lines if tag]
    levels = [int(tag[1:]) for tag in tags if re.fullmatch(r"H[1-6]", tag)]
    if not levels or levels[0] != 1 or levels.count(1) != 1:
        fault(path, f"one heading of level 1 should come first: {levels}")
    if any(later > before + 1 for before, later in zip(levels, levels[1:])):
        fault(path, f"headings leave a level out: {levels}")
    if tags.count("Table") and not tags.count("TH"):
        fault(path, "a table has no headers")
    with pikepdf.open(path) as pdf:
        for element in elements(pdf.Root.get("/StructTreeRoot", {}).get("/K")):
            if element.get("/S") == "/Figure" and not str(element.get("/Alt", "")):
                fault(path, "a figure has no description")
    # The mark of an item is no text of it.
    text, label = [], None
    for depth, tag, content in lines:
        if tag is None and label is None or tag is None and not re.fullmatch(r"\W*|\d+\.", content):
            text.append(content)
        if tag:
            label = depth if tag == "Lbl" else None
    return " ".join(text)


def elements(kids):
    stack = [kids]
    while stack:
        kid = stack.pop()
        if isinstance(kid, pikepdf.Array):
            stack.extend(kid)
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            stack.append(kid.get("/K"))


# -- Word documents --


def opened(paths):
    """What LibreOffice reads in Word documents, as text, by path."""
    texts = {}
    with tempfile.TemporaryDirectory() as folder:
        # Names may be the same in two folders.
        named = {Path(folder) / f"{number}.docx": path for number, path in enumerate(paths)}
        for copy, path in named.items():
            copy.write_bytes(path.read_bytes())
        out = Path(folder) / "out"
        profile = f"-env:UserInstallation=file://{folder}/profile"
        said = told(
            "soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(out), *map(str, named)
        )
        for copy, path in named.items():
            made = out / copy.with_suffix(".txt").name
            if made.exists():
                texts[path] = made.read_text("utf-8-sig")
            else:
                fault(path, "LibreOffice cannot open it: " + said.stderr.strip())
    return texts


def described(path):
    with zipfile.ZipFile(path) as parts:
        core = parts.read("docProps/core.xml").decode()
        if not re.search(r"<dc:title>[^<]+</dc:title>", core) or not re.search(r"<dc:language>[a-z]+-", core):
            fault(path, "has no title or no language")
        if 'w:val="Title"' not in parts.read("word/document.xml").decode():
            fault(path, "has no title in its text")


def same_text(pdf, read, docx, written):
    """The PDF, as it is read out, says sign by sign what the Word document says."""
    # A number of a list is no text; a drawing is told in words in the Word document; what is raised or struck is a piece
    # of its own in the PDF, so that spaces say nothing.
    written = re.sub(r"(?m)^\s*\d+\. ", "", written)
    written = re.sub(r"\[(Afbeelding|Picture): [^\]]*\]", "", written)
    one, other = "".join(words(read)), "".join(words(written))
    if one != other:
        at = next((n for n, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
        fault(pdf, f"differs from {docx.name}: …{one[max(0, at - 30) : at + 30]}… and …{other[max(0, at - 30) : at + 30]}…")


# -- Packages --


def complete(path):
    with zipfile.ZipFile(path) as package:
        if broken := package.testzip():
            fault(path, f"{broken} is broken")
        names = package.namelist()
        if not any(name.endswith("MIJ.txt") or name == "README.txt" for name in names):
            fault(path, f"nothing says what is in it: {names}")
        for ending in (".pdf", ".docx"):
            beside = path.with_suffix(ending)
            if beside.exists() and package.read(beside.name) != beside.read_bytes():
                fault(path, f"its {beside.name} is another than the one beside it")


def all_of(ending):
    return sorted(path for path in FIRST.rglob(f"*{ending}"))


def main():
    made = {path.relative_to(FIRST) for ending in (".pdf", ".docx", ".zip") for path in all_of(ending)}
    for path in sorted(made):
        if (FIRST / path).read_bytes() != (SECOND / path).read_bytes():
            faults.append(f"{path}: made twice, it differs")
    pages = {}
    texts = opened(all_of(".docx"))
    for path in all_of(".docx"):
        described(path)
    for path in all_of(".pdf"):
        docx = path.with_suffix(".docx")
        # PDFs that lie in the sources are not ours to judge.
        if docx not in texts:
            continue
        checked(path)
        pages[path] = tagged(path)
        same_text(path, read_in_order(path), docx, texts[docx])
    for path in all_of(".zip"):
        complete(path)
    if not pages or FIRST / "site/guides/oven/oven.pdf" not in pages:
        faults.append("the PDF of the page with everything in it is not there")
    print(f"{len(pages)} PDFs of {sum(pages.values())} pages, {len(texts)} Word documents, {len(all_of('.zip'))} packages")
    for line in faults:
        print(line)
    print(f"{len(made) - len({f.split(':')[0] for f in faults})} passed, {len(faults)} failed")
    return 1 if faults else 0


sys.exit(main())
