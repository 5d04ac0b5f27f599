using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Model;

public sealed class PathTemplateTests
{
    [Theory]
    [InlineData("/contacts/{id}", "/contacts/{id}/tags", "/contacts/7/tags", "/contacts/7")]
    [InlineData("/b/{y}/a/{x}", "/a/{x}/b/{y}", "/a/1/b/2", "/b/2/a/1")]
    [InlineData("/read/{**rest}", "/write/{**rest}", "/write/a/b/c", "/read/a/b/c")]
    [InlineData("/fixed", "/fixed/{id}", "/fixed/1", "/fixed")]
    [InlineData("/a%2F/{id}", "/{id}", "/%C3%A4", null)]
    [InlineData("/x/{id}", "/{id}", "/%C3%A4", "/x/%C3%A4")]
    [InlineData("/x/{id}", "/{key}", "/1", null)]
    [InlineData("/x/{id}", "/y/{id}", "/z/1", null)]
    public void Fill_PutsEachPartWhereItsNameStands(string to, string from, string path, string? expected)
    {
        if (!PathTemplate.TryParse(to, out var template))
        {
            Assert.Null(expected);
            return;
        }

        Assert.Equal(expected, template!.Fill(Parsed(from), path));
    }

    [Fact]
    public void Holes_AreNamedInTheirOrder() => Assert.Equal(["{b}", "{a}", "{**rest}"], Parsed("/{b}/x/{a}/{**rest}").Holes);

    private static PathTemplate Parsed(string text)
    {
        Assert.True(PathTemplate.TryParse(text, out var template));
        return template!;
    }

    [Theory]
    [InlineData("/{a}{b}", false)]
    [InlineData("/{a{b}", false)]
    [InlineData("/{a}}", false)]
    [InlineData("/{a}/{a}", false)]
    [InlineData("/{a}/x/{**a}", false)]
    [InlineData("/{a}-{b}", false)]
    [InlineData("/{a}/{b}/{**rest}", true)]
    public void Hole_is_one_segment_with_a_name_of_its_own(string text, bool isOne) =>
        Assert.Equal(isOne, PathTemplate.TryParse(text, out _));
}
