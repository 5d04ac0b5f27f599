using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Model;

public sealed class KnownModelsTests
{
    [Theory]
    [InlineData(ConnectorType.OpenAi, "gpt-4o-mini", 16_384)]
    [InlineData(ConnectorType.OpenAi, "gpt-4-turbo", 8_192)]
    [InlineData(ConnectorType.OpenAi, "gpt-4*", 32_768)]
    [InlineData(ConnectorType.OpenAi, "gpt-9-new", 128_000)]
    [InlineData(ConnectorType.OpenAi, "gpt-*", 128_000)]
    [InlineData(ConnectorType.OpenAi, "o*", 100_000)]
    [InlineData(ConnectorType.OpenAi, "llama-4", null)]
    [InlineData(ConnectorType.Anthropic, "claude-opus-4-1-20250805", 32_000)]
    [InlineData(ConnectorType.Anthropic, "claude-sonnet-4-5", 64_000)]
    [InlineData(ConnectorType.Anthropic, "claude-opus-4*", 128_000)]
    [InlineData(ConnectorType.Anthropic, "gpt-4o", null)]
    [InlineData(ConnectorType.Http, "gpt-4o", null)]
    public void Most_of_a_family_is_that_of_its_largest(ConnectorType type, string match, int? most) =>
        Assert.Equal(most, KnownModels.MostTokens(type, match));

    [Theory]
    [InlineData(ConnectorType.OpenAi)]
    [InlineData(ConnectorType.Anthropic)]
    public void Names_are_of_their_own_family_and_of_no_earlier_one(ConnectorType type)
    {
        var families = KnownModels.Of(type);

        Assert.All(families, family => Assert.All(family.Names, name => Assert.Same(family, families.First(f => f.Matches(name)))));
    }
}
