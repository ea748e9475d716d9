"""The bench's A4 printer by itself: what is said of it must hold without our driver."""

import io
import shutil
import subprocess
import zlib

import pytest
from cups_peers import SBIN, need
from PIL import Image

from drivers.bench.a4_papers import Papers, pages
from drivers.printers.ipp_page import check_page

NO_PAGES = b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"


def test_pages_are_counted_in_plain_and_in_packed_documents():
    assert pages(check_page(("x",)).pdf) == 1
    packed = zlib.compress(b"3 0 4 40 <</Type/Page/Parent 2 0 R>> <</Type /Page/Parent 2 0 R>>")
    assert pages(NO_PAGES + b"5 0 obj<</Type/ObjStm/N 2/First 8/Length %d>>stream\n%s\nendstream endobj" % (len(packed), packed)) == 2
    assert pages(NO_PAGES + b"5 0 obj<</Type/ObjStm>>stream\nnot zlib\nendstream endobj") == 1
    assert pages(b"") == 1


def test_pages_of_a_document_another_program_wrote():
    written = io.BytesIO()
    sheets = [Image.new("L", (60, 80), 255) for _ in range(3)]
    sheets[0].save(written, "PDF", save_all=True, append_images=sheets[1:])
    assert pages(written.getvalue()) == 3


def test_the_last_hundred_papers_are_kept_and_numbers_go_on(tmp_path):
    for _ in range(2):
        papers = Papers(tmp_path / "papers")
        numbers = [papers.begin(b"%PDF-", {}) for _ in range(60)]
    assert numbers[-1] == 120
    assert min(path.name for path in (tmp_path / "papers").glob("*.pdf")) == "021.pdf"
    assert len(list((tmp_path / "papers").iterdir())) == 200


@pytest.fixture
def ipptool(bench, tmp_path):
    """CUPS's own test client against the bench."""
    need("ipptool")
    board = bench("a4_printer")
    (tmp_path / "page.pdf").write_bytes(check_page(("ipptool",)).pdf)

    def run(*arguments):
        command = [shutil.which("ipptool", path=SBIN), "-t", *arguments[:-1], f"ipp://{board.address}/ipp/print", arguments[-1]]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)

    return run, board


@pytest.mark.parametrize("test", ["get-printer-attributes.test", "print-job.test", "get-jobs.test", "get-completed-jobs.test"])
def test_cups_own_client_understands_the_bench(ipptool, tmp_path, test):
    run, _ = ipptool
    done = run("-f", str(tmp_path / "page.pdf"), test)
    assert "[PASS]" in done.stdout, done.stdout
    assert "[FAIL]" not in done.stdout, done.stdout


def test_cups_own_client_hears_of_a_jam(ipptool):
    run, board = ipptool
    board.set(jam=True)
    assert "media-jam-warning" in run("-v", "get-printer-attributes.test").stdout
