using Gateway.Connectors.Models;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Models;

public sealed class KeptObjectOperationTests
{
    [Theory]
    [InlineData("retrieve_response", "/v1/responses/resp_1", "resp_1")]
    [InlineData("cancel_response", "/v1/responses/resp_1/cancel", "resp_1")]
    [InlineData("list_response_input", "/v1/responses/resp_1/input_items", "resp_1")]
    [InlineData("create_conversation", "/v1/conversations", "")]
    [InlineData("create_conversation", "/v1/conversations/", null)]
    [InlineData("add_conversation_items", "/v1/conversations/conv_1/items", "conv_1")]
    [InlineData("retrieve_conversation", "/v1/conversations/conv_1", "conv_1")]
    [InlineData("retrieve_response", "/v1/responses/", null)]
    [InlineData("retrieve_response", "/v1/responses/a/b", null)]
    [InlineData("cancel_response", "/v1/responses//cancel", null)]
    [InlineData("cancel_response", "/v1/responses/a", null)]
    [InlineData("cancel_response", "/v1/responses/a/b/cancel", null)]
    public void An_id_is_one_segment_of_the_path(string operation, string path, string? id) => Assert.Equal(id, Of(operation).IdIn(path));

    [Theory]
    [InlineData("")]
    [InlineData("stream=true&starting_after=7")]
    [InlineData("include[]=a.b&include[]=c")]
    [InlineData("include%5B%5D=a&include%5b%5d=c&include=x")]
    public void What_the_official_clients_ask_for_goes_on(string query) => Assert.True(Of("retrieve_response").Takes(query));

    [Theory]
    [InlineData("&")]
    [InlineData("stream")]
    [InlineData("stream=true&stream=false")]
    [InlineData("Stream=true")]
    [InlineData("str%65am=true")]
    [InlineData("stream=a%20b")]
    [InlineData("stream=true;x=1")]
    [InlineData("api_key=x")]
    [InlineData("stream=true&")]
    public void Nothing_else_does(string query) => Assert.False(Of("retrieve_response").Takes(query));

    [Theory]
    [InlineData(ConnectorType.OpenAi, "POST", "/v1/files", "upload_file")]
    [InlineData(ConnectorType.OpenAi, "GET", "/v1/files", "list_files")]
    [InlineData(ConnectorType.OpenAi, "GET", "/v1/files/file-1/content", "read_file")]
    [InlineData(ConnectorType.OpenAi, "POST", "/v1/batches/batch_1/cancel", "cancel_batch")]
    [InlineData(ConnectorType.Anthropic, "GET", "/v1/messages/batches", "list_batches")]
    [InlineData(ConnectorType.Anthropic, "GET", "/v1/messages/batches/msgbatch_1/results", "read_batch_results")]
    [InlineData(ConnectorType.Anthropic, "GET", "/v1/files", null)]
    [InlineData(ConnectorType.OpenAi, "PUT", "/v1/files", null)]
    [InlineData(ConnectorType.OpenAi, "GET", "/v1/files/a/b/content", null)]
    public void A_method_and_a_path_are_one_operation(ConnectorType type, string method, string path, string? operation) =>
        Assert.Equal(operation, KeptObjectOperations.Find(type, method, path)?.Operation.Operation.ToString());

    private static KeptObjectOperation Of(string name) =>
        KeptObjectOperations.All.Single(operation => operation.Operation.ToString() == name && operation.Type == ConnectorType.OpenAi);
}
