using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Model;

public sealed class ActionPartsTests
{
    [Theory]
    [InlineData("", "/a/b", true)]
    [InlineData("/a", "/a", true)]
    [InlineData("/a", "/a/b", true)]
    [InlineData("/a/b", "/a", false)]
    [InlineData("/a", "/ab", false)]
    [InlineData("/a", "", false)]
    [InlineData("/a~1b", "/a~1b/c", true)]
    public void APath_CoversItselfAndWhatLiesBelow(string own, string other, bool covers) =>
        Assert.Equal(covers, Path(own).Covers(Path(other)));

    [Theory]
    [InlineData("")]
    [InlineData("/a~0b/c~1d")]
    [InlineData("/")]
    public void APath_IsWrittenAsItWasRead(string pointer) => Assert.Equal(pointer, Path(pointer).ToString());

    [Fact]
    public void APath_WithoutAStroke_IsNone() => Assert.False(ArgumentPath.TryParse("a", out _));

    [Fact]
    public void Parts_TogetherLeaveOutWhatAnotherCovers()
    {
        var both = new ActionParts([Path("/a/b"), Path("/c")], false).And(new ActionParts([Path("/a"), Path("/c")], true));

        Assert.Equal("/a /c", string.Join(' ', both.Arguments));
        Assert.True(both.Query);
    }

    [Fact]
    public void Parts_CoverOnlyWhatIsThere()
    {
        var parts = new ActionParts([Path("/a")], false);

        Assert.True(parts.Covers(new ActionParts([Path("/a/b")], false)));
        Assert.False(parts.Covers(new ActionParts([Path("/a/b")], true)));
        Assert.False(ActionParts.None.Covers(parts));
        Assert.True(parts.Covers(ActionParts.None));
    }

    private static ArgumentPath Path(string pointer) =>
        ArgumentPath.TryParse(pointer, out var path) ? path : throw new FormatException(pointer);
}
