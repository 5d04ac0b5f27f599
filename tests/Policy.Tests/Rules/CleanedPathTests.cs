using Gateway.Policy.Rules;

namespace Gateway.Policy.Tests.Rules;

public sealed class CleanedPathTests
{
    [Theory]
    [InlineData("", ".")]
    [InlineData("/", "/")]
    [InlineData("/a/./b//c/", "/a/b/c")]
    [InlineData("/a/../../b", "/b")]
    [InlineData("../a/../../b", "../../b")]
    [InlineData("a/..", ".")]
    [InlineData("\\a\\..\\b", "/b")]
    [InlineData("/a/...", "/a/...")]
    [InlineData(" /a ", "/a")]
    public void ForMatching_IsThePathThatAFileSystemWouldTake(string path, string clean) =>
        Assert.Equal(clean, CleanedPath.ForMatching(path));

    [Theory]
    [InlineData("/repo", "/repo", true)]
    [InlineData("/repo/a", "/repo", true)]
    [InlineData("/repo/a", "/repo/", true)]
    [InlineData("/repo-evil", "/repo", false)]
    [InlineData("/repo", "/repo/", false)]
    [InlineData("/a", "/", true)]
    [InlineData("/a", "", false)]
    public void Prefix_EndsAtASeparator(string value, string prefix, bool below) =>
        Assert.Equal(below, CleanedPath.IsAtOrBelow(value, prefix));
}
