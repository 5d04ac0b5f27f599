using Gateway.Policy.Model;
using Gateway.Policy.Tests.Documents;

namespace Gateway.Policy.Tests.Model;

/// <summary>What a hole takes, and what it leaves to the fixed segments of other operations, whatever their methods.</summary>
public sealed class PathSiblingsTests
{
    [Theory]
    [InlineData("/contacts/EXPORT")]
    [InlineData("/contacts/export")]
    [InlineData("/contacts/export.json")]
    [InlineData("/contacts/%65xport")]
    [InlineData("/contacts/.export")]
    [InlineData("/contacts/'export'")]
    public void Hole_LeavesASiblingsSegment(string path) => Assert.True(Taken(["/contacts/{id}", "/contacts/export"], path));

    [Theory]
    [InlineData("/contacts/7")]
    [InlineData("/contacts/exports")]
    [InlineData("/contacts/export-2024")]
    [InlineData("/contacts/export2")]
    [InlineData("/contacts/export@example.org")]
    [InlineData("/contacts/re-export")]
    [InlineData("/contacts/%C3%84")]
    public void Hole_TakesWhatIsAnother(string path) => Assert.False(Taken(["/contacts/{id}", "/contacts/export"], path));

    [Theory]
    [InlineData("/a/{x}/c", "/a/b/{y}", "/a/B/c", true)]
    [InlineData("/a/{x}/c", "/a/b/{y}", "/a/b/c", true)]
    [InlineData("/a/{x}/c", "/a/b", "/a/b/c", true)]
    [InlineData("/a/{x}", "/a/b/c", "/a/b", true)]
    [InlineData("/a/{x}/{y}", "/z/{x}/b", "/a/1/b", false)]
    [InlineData("/{x}/b", "/a/{y}", "/A/b", true)]
    [InlineData("/f/{**rest}", "/f/admin/{id}", "/f/ADMIN/7", true)]
    [InlineData("/f/{**rest}", "/f/admin/{id}", "/f/ADMIN/7/more", true)]
    [InlineData("/f/{**rest}", "/f/admin/{id}", "/f/admin", false)]
    [InlineData("/f/{**rest}", "/f/admin", "/f/admin/", true)]
    [InlineData("/f/{**rest}", "/f/admin/purge", "/f/admin/list", false)]
    [InlineData("/f/{**rest}", "/f/{x}/purge", "/f/1/Purge", true)]
    [InlineData("/F/{x}", "/f/admin", "/F/Admin", true)]
    public void Hole_IsComparedWhereTheSiblingsSegmentStands(string own, string other, string path, bool isTaken) =>
        Assert.Equal(isTaken, Taken([own, other], path));

    [Theory]
    [InlineData("/contacts/EXPORT", false)]
    [InlineData("/contacts/export.json", false)]
    [InlineData("/contacts/%65xport", true)]
    public void ExactSystem_OnlyDecodes(string path, bool isTaken) =>
        Assert.Equal(isTaken, Taken(["/contacts/{id}", "/contacts/export"], path, "compares: {paths: exact}, "));

    [Fact]
    public void Comparison_IsReadAndStrictByDefault()
    {
        Assert.Equal(SystemComparison.Loose, Connector(["/a"]).Compares);
        Assert.Equal(new SystemComparison(Spelling.Loose, Spelling.Exact), Connector(["/a"], "compares: {names: exact}, ").Compares);
        Assert.Contains(Governance.Compile(Yaml(["/a"], "compares: {names: near}, ")).Errors, e => e.Field == "spec.compares.names");
    }

    [Fact]
    public void Check_OfAPlainPath_CostsNoAllocation()
    {
        var siblings = Connector(["/contacts/{id}", "/contacts/export"]).SiblingsOf(0);
        Assert.False(siblings.AreTaken("/contacts/c-17", SystemComparison.Loose));

        var before = GC.GetAllocatedBytesForCurrentThread();
        siblings.AreTaken("/contacts/c-17", SystemComparison.Loose);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static bool Taken(string[] templates, string path, string settings = "")
    {
        var connector = Connector(templates, settings);
        Assert.True(connector.Operations[0].Path.Matches(path));
        return connector.SiblingsOf(0).AreTaken(path, connector.Compares);
    }

    private static Connector Connector(string[] templates, string settings = "")
    {
        var result = Governance.Compile(Yaml(templates, settings));
        Assert.True(result.Value is not null, string.Join('\n', result.Errors));
        return result.Value.Find(Id<Tenant>.Parse("demo"))!.Connectors[Id<Connector>.Parse("system")];
    }

    private static string Yaml(string[] templates, string settings)
    {
        var operations = templates.Select(
            (path, i) => $$"""{name: o{{i}}, action: read, risk: low, methods: [{{(i == 0 ? "GET" : "POST")}}], path: "{{path}}"}"""
        );
        return $$"""
            apiVersion: gateway/v1
            kind: Tenant
            metadata: {name: demo}
            spec: {}
            ---
            apiVersion: gateway/v1
            kind: Connector
            metadata: {tenant: demo, name: system}
            spec: {type: http, baseAddress: "https://system.example", {{settings}}operations: [{{string.Join(", ", operations)}}]}
            """;
    }
}
