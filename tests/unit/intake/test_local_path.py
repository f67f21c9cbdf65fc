import pytest

from services.intake.web.pages.signing_in import local_path


@pytest.mark.parametrize("target", ["//[", "//[::1", "http://[", "[", "/\\[", "//a]b"])
def test_a_broken_host_leads_nowhere(target):
    assert local_path(target) == ""


@pytest.mark.parametrize("target", ["/periods", "/periods?q=[1]", "/a/[b"])
def test_a_path_of_this_site_is_kept(target):
    assert local_path(target) == target
