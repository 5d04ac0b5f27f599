using System.Text;
using System.Text.Json.Nodes;
using Gateway.Connectors.Mcp.Definitions;

namespace Gateway.Connectors.Tests.Mcp.Definitions;

/// <summary>Real lists: nothing in them is taken for unsound, each pin holds from one start to the next, and each cut is exact.</summary>
public sealed class PublishedServersTests
{
    [ListingServerFact("everything")]
    public Task Everything_is_listed_pinned_and_cut() => HoldsAsync("everything");

    [ListingServerFact("filesystem")]
    public Task Filesystem_is_listed_pinned_and_cut() => HoldsAsync("filesystem", AppContext.BaseDirectory);

    [ListingServerFact("memory")]
    public Task Memory_is_listed_pinned_and_cut() => HoldsAsync("memory");

    [ListingServerFact("sequential-thinking")]
    public Task Sequential_thinking_is_listed_pinned_and_cut() => HoldsAsync("sequential-thinking");

    private static async Task HoldsAsync(string server, params string[] arguments)
    {
        using var first = ListingServer.Start(server, arguments);
        HasNoTasksOrInstructions(await first.InitializeAsync());
        var tools = await ListAsync(first, ListKind.Tools, "tools/list");
        Assert.NotEmpty(tools);
        await ListAsync(first, ListKind.Prompts, "prompts/list");
        await ListAsync(first, ListKind.Resources, "resources/list");
        await ListAsync(first, ListKind.ResourceTemplates, "resources/templates/list");

        using var second = ListingServer.Start(server, arguments);
        await second.InitializeAsync();
        var again = await ListAsync(second, ListKind.Tools, "tools/list");
        Assert.Equal(tools.Select(tool => (tool.Name, tool.Digest)), again.Select(tool => (tool.Name, tool.Digest)));
    }

    private static async Task<IReadOnlyList<Definition>> ListAsync(ListingServer server, ListKind kind, string method)
    {
        var answer = await server.AskAsync(method);
        var page = ListPage.Read(kind, answer, out var problem);
        Assert.True(page is not null, problem);
        Assert.All(page.Definitions, definition => Assert.Equal(DefinitionFinding.Sound, definition.Finding));
        Assert.Equal(answer, page.Cut(_ => true, isModern: false).ToArray());
        foreach (var wanted in page.Definitions)
        {
            var cut = ListPage.Read(kind, page.Cut(definition => definition == wanted, isModern: true), out _)!;
            var only = Assert.Single(cut.Definitions);
            Assert.Equal((wanted.Name, wanted.Digest), (only.Name, only.Digest));
        }

        return page.Definitions;
    }

    private static void HasNoTasksOrInstructions(byte[] answer)
    {
        Assert.True(CapabilityCut.TryOfInitialize(answer, new AllowedCapabilities(), out var cut, out var problem), problem);
        var expected = JsonNode.Parse(answer)!;
        var result = expected["result"]!.AsObject();
        result.Remove("instructions");
        result["capabilities"]!.AsObject().Remove("tasks");
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(cut.Span)), Encoding.UTF8.GetString(cut.Span));
    }
}
