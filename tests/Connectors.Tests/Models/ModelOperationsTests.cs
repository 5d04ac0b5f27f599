using Gateway.Connectors.Models;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Models;

public sealed class ModelOperationsTests
{
    [Theory]
    [InlineData("/chat/completions", "chat", ConnectorType.OpenAi)]
    [InlineData("/responses", "responses", ConnectorType.OpenAi)]
    [InlineData("/completions", "completions", ConnectorType.OpenAi)]
    [InlineData("/embeddings", "embeddings", ConnectorType.OpenAi)]
    [InlineData("/messages", "messages", ConnectorType.Anthropic)]
    [InlineData("/messages/count_tokens", "count_tokens", ConnectorType.Anthropic)]
    public void An_operation_is_found_by_its_name(string path, string name, ConnectorType type) =>
        Assert.Equal(path, ModelOperations.Find(type, Id<Operation>.Parse(name))?.Path);

    [Fact]
    public void A_name_of_the_other_type_is_no_operation() =>
        Assert.Null(ModelOperations.Find(ConnectorType.Anthropic, Id<Operation>.Parse("chat")));
}
