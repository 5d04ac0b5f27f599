using System.Text;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Tests.Rules.Evaluation;

public sealed class ToolInventoryReaderTests
{
    private const string Tool = """{"tool_name":"Tool.Read","data_class":"PII","endpoint_class":"fs.read","autonomy_level":"assist"}""";

    [Theory]
    [InlineData($$"""{"items":[{{Tool}}]}""")]
    [InlineData($" [{Tool}]")]
    public void AnInventory_IsKnownByLowerCaseNames(string json)
    {
        Assert.True(ToolInventoryReader.TryRead(Encoding.UTF8.GetBytes(json), out var tools));
        Assert.Equal(new ToolMetadata("tool.read", "pii", "fs.read", "assist"), Assert.Single(tools).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"items":null}""")]
    [InlineData("""{"items":[5]}""")]
    [InlineData("""{"items":[{"data_class":"pii"}]}""")]
    [InlineData($"[{Tool},{Tool}]")]
    [InlineData("[")]
    public void WhatCantBeReadInFull_IsNone(string json) => Assert.False(ToolInventoryReader.TryRead(Encoding.UTF8.GetBytes(json), out _));
}
