using Gateway.Policy.Model;
using Gateway.Proxy.Doors.Models;
using Gateway.Proxy.Doors.Tools;
using Gateway.Proxy.FrontDoor;
using Microsoft.AspNetCore.Http;

namespace Gateway.Proxy.Tests.Doors;

public sealed class DoorTableTests
{
    [Theory]
    [InlineData("/v1/chat/completions", Door.OpenAi, "chat")]
    [InlineData("/v1/responses", Door.OpenAi, "responses")]
    [InlineData("/v1/completions", Door.OpenAi, "completions")]
    [InlineData("/v1/embeddings", Door.OpenAi, "embeddings")]
    [InlineData("/v1/messages", Door.Anthropic, "messages")]
    [InlineData("/v1/messages/count_tokens", Door.Anthropic, "count_tokens")]
    public void Models_door_is_found_by_its_exact_path(string path, Door door, string operation)
    {
        var call = Find("POST", path);

        Assert.Equal((door, operation), (call.Door.Name, Assert.IsType<ModelCall>(call).Operation.ToString()));
        Assert.Equal(path, call.Route);
    }

    [Theory]
    [InlineData("GET", "/v1/chat/completions")]
    [InlineData("PUT", "/v1/messages")]
    [InlineData("POST", "/v1/chat/completions/")]
    [InlineData("POST", "/v1/Chat/completions")]
    [InlineData("POST", "/v1//chat/completions")]
    [InlineData("POST", "/v1/chat%2Fcompletions")]
    [InlineData("POST", "/v1/chat/completions/x")]
    [InlineData("POST", "/V1/messages")]
    [InlineData("POST", "/v1/models")]
    [InlineData("GET", "/")]
    [InlineData("GET", "/tools")]
    [InlineData("GET", "")]
    [InlineData("POST", "*")]
    public void Anything_else_is_no_door(string method, string path)
    {
        var call = Find(method, path);

        Assert.False(call is ActionCall or ReadingCall);
        Assert.Equal("", call.Route);
    }

    [Theory]
    [InlineData("/tools/crm/contacts/c-1", "crm", "/contacts/c-1")]
    [InlineData("/tools/crm/", "crm", "/")]
    [InlineData("/tools/crm", "crm", "/")]
    [InlineData("/tools/", "", "/")]
    [InlineData("/tools/crm/../x", "crm", "/../x")]
    [InlineData("/tools/%63rm/x", "%63rm", "/x")]
    public void Tools_door_takes_any_method_and_the_raw_rest_of_the_path(string path, string connector, string rest)
    {
        foreach (var method in new[] { "GET", "POST", "DELETE", "PATCH" })
        {
            var call = Assert.IsType<ToolCall>(Find(method, path));

            Assert.Equal((Door.Tool, connector, rest), (call.Door.Name, call.Connector, call.Rest));
        }
    }

    [Fact]
    public void List_of_models_is_in_the_dialect_that_the_client_speaks()
    {
        Assert.Equal(Door.OpenAi, Assert.IsType<ModelListCall>(Find("GET", "/v1/models")).Door.Name);
        Assert.Equal(Door.Anthropic, Assert.IsType<ModelListCall>(Find("GET", "/v1/models", "2023-06-01")).Door.Name);
    }

    private static DoorCall Find(string method, string path, string? anthropicVersion = null)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = method;
        if (anthropicVersion is not null)
        {
            http.Request.Headers["anthropic-version"] = anthropicVersion;
        }

        return EveryDoor.Table.Find(http.Request, path);
    }
}
