using Gateway.Testing;

namespace Gateway.Proxy.Tests.Doors.Mcp;

/// <summary>A definition that isn't the approved one is neither listed nor called, whatever of it has changed.</summary>
public sealed class McpPinsTests(McpDoorFixture door) : IClassFixture<McpDoorFixture>
{
    private async Task<string[]> ListedAsync() =>
        [
            .. (await door.Client.ModernAsync("tools/list"))
                .Result.GetProperty("tools")
                .EnumerateArray()
                .Select(t => t.GetProperty("name").GetString()!),
        ];

    [McpKitTheory]
    [InlineData("description")]
    [InlineData("schema")]
    [InlineData("annotations")]
    [InlineData("title")]
    public async Task Tool_whose_definition_drifts_is_held_back_and_comes_back_with_it(string kind)
    {
        await door.Server.PostAsync("/__kit/reset");
        Assert.Contains("kit_delete", await ListedAsync());

        await door.Server.PostAsync($"/__kit/drift?kind={kind}");
        Assert.DoesNotContain("kit_delete", await ListedAsync());
        var call = await door.Client.CallAsync("kit_delete", """{"id":"1"}""");
        Assert.Equal(-32602, call.Code);
        Assert.Empty((await door.Server.StateAsync()).GetProperty("deleted").EnumerateArray());

        await door.Server.PostAsync("/__kit/drift?kind=none");
        Assert.Contains("kit_delete", await ListedAsync());
        Assert.Equal("Deleted 1", (await door.Client.CallAsync("kit_delete", """{"id":"1"}""")).Content);
    }

    [McpKitFact]
    public async Task Order_and_layout_of_a_list_change_nothing()
    {
        await door.Server.PostAsync("/__kit/reset");
        var before = await ListedAsync();

        await door.Server.PostAsync("/__kit/drift?kind=order");

        Assert.Equal(before.Order(StringComparer.Ordinal), (await ListedAsync()).Order(StringComparer.Ordinal));
        await door.Server.PostAsync("/__kit/reset");
    }

    [McpKitFact]
    public async Task Tool_with_an_invalid_header_annotation_is_not_listed()
    {
        await door.Server.PostAsync("/__kit/drift?kind=bad");

        Assert.DoesNotContain("kit_bad_header", await ListedAsync());
        await door.Server.PostAsync("/__kit/reset");
    }

    [McpKitFact]
    public async Task Arguments_that_do_not_fit_the_schema_reach_nobody_and_the_model_is_told_why()
    {
        await door.Server.PostAsync("/__kit/reset");

        var call = await door.Client.CallAsync("kit_delete", """{"id":"not-a-number","note":"x"}""");

        var text = call.Message.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString();
        Assert.Contains("/id (pattern)", text, StringComparison.Ordinal);
        Assert.Empty((await door.Server.StateAsync()).GetProperty("deleted").EnumerateArray());
    }
}
