using Gateway.Connectors.Models;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Models;

public sealed class ModelOperationsTests
{
    [Theory]
    [InlineData("/v1/chat/completions", "chat", ConnectorType.OpenAi)]
    [InlineData("/v1/responses", "responses", ConnectorType.OpenAi)]
    [InlineData("/v1/completions", "completions", ConnectorType.OpenAi)]
    [InlineData("/v1/embeddings", "embeddings", ConnectorType.OpenAi)]
    [InlineData("/v1/messages", "messages", ConnectorType.Anthropic)]
    [InlineData("/v1/messages/count_tokens", "count_tokens", ConnectorType.Anthropic)]
    public void An_operation_is_found_by_its_door_and_by_its_name(string path, string name, ConnectorType type)
    {
        var operation = ModelOperations.FindByDoorPath(path);
        Assert.Equal(name, operation!.Operation.ToString());
        Assert.Equal(path, "/v1" + operation.Path);
        Assert.Same(operation, ModelOperations.Find(type, operation.Operation));
    }

    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/v1/chat/completions/")]
    [InlineData("/V1/messages")]
    public void Another_path_is_no_operation(string path) => Assert.Null(ModelOperations.FindByDoorPath(path));

    [Fact]
    public void A_name_of_the_other_type_is_no_operation() =>
        Assert.Null(ModelOperations.Find(ConnectorType.Anthropic, Id<Operation>.Parse("chat")));
}
