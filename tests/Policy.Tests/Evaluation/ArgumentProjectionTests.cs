using System.Text;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Evaluation;

public sealed class ArgumentProjectionTests
{
    [Theory]
    // The digits as they were: an amount is read from its text.
    [InlineData("""{"amount": 100.00, "note": "hers"}""", "/amount", """{"amount":100.00}""")]
    // The other spelling makes it unreadable, here as there.
    [InlineData("""{"Amount":1,"amount":2,"x":3}""", "/amount", """{"Amount":null,"amount":2}""")]
    [InlineData("""{"a":{"b":[1, 2],"c":3}}""", "/a/b", """{"a":{"b":[1, 2]}}""")]
    [InlineData("""{"a":[{"b":1,"c":2},{"b":3}]}""", "/a/0/b", """{"a":[{"b":1}]}""")]
    [InlineData("""{"a":[{"b":1},{"b":3,"c":4},5]}""", "/a/1/b", """{"a":[null,{"b":3}]}""")]
    [InlineData("""{"a":[1,2]}""", "/a/b", """{"a":[]}""")]
    [InlineData("""{"a":"text"}""", "/a/b", """{"a":"text"}""")]
    [InlineData("""{"b":1}""", "/a", "{}")]
    [InlineData("[1,2]", "/a", "[]")]
    [InlineData("7", "/a", "7")]
    [InlineData(""" {"a":1} """, "", """{"a":1}""")]
    [InlineData("""{"\u0061":1,"b":2}""", "/a", """{"\u0061":1}""")]
    public void WhatLiesAtThePaths_IsKeptAsItWas(string json, string path, string kept) => Assert.Equal(kept, Project(json, path));

    [Fact]
    public void SeveralPaths_AreKeptTogether() =>
        Assert.Equal("""{"a":1,"c":{"d":2}}""", Project("""{"a":1,"b":9,"c":{"d":2,"e":9}}""", "/a", "/c/d"));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1} x""")]
    public void WhatCannotBeReadInOneWay_IsNotKept(string json) => Assert.Null(Project(json, "/a"));

    private static string? Project(string json, params string[] pointers) =>
        ArgumentProjection.Project(
            Encoding.UTF8.GetBytes(json),
            [.. pointers.Select(p => ArgumentPath.TryParse(p, out var path) ? path : throw new FormatException(p))]
        )
            is { } kept
            ? Encoding.UTF8.GetString(kept)
            : null;
}
