using System.Text.Json;
using Gateway.Connectors.Json;
using Gateway.Connectors.Mcp.Messages;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>
/// A message of MCP is read as System.Text.Json reads it, or refused with an id that it has. Headers made from a message agree with it; a
/// server's message is no less strict.
/// </summary>
internal static class McpTarget
{
    public static void Check(byte[] input)
    {
        var isLoose = McpMessageReader.TryRead(input, out _, out _);
        var isRead = McpMessageReader.TryRead(input, out var message, out var fault, isLoose: false);
        Promise.That(isRead || !isLoose, "What is one to every reader is one to an exact reader.");
        Promise.Same(isRead, fault is null, "What is refused says why.");
        Promise.Same(isRead, message.Kind != MessageKind.None, "What is read is some kind of message.");
        var isAnswer = McpAnswer.TryRead(input, out var answer, out _);
        Promise.That(StrictJson.IsObject(input) || !(isRead || isAnswer), "A message is a strict object.");
        if (message.Id.IsPresent || isRead)
        {
            Compare(input, in message);
        }

        if (isRead && isAnswer)
        {
            Promise.Same(message.Kind, answer.Kind, "Both sides have the same kinds.");
            Promise.Same(message.Id, answer.Id, "Both sides have the same ids.");
        }

        if (isRead && message.Kind == MessageKind.Request)
        {
            Mirror(input, in message);
        }
    }

    private static void Compare(byte[] input, in McpMessage message)
    {
        using var document = JsonDocument.Parse(input);
        Same(document.RootElement, "id", message.Id, input);
        if (message.Kind is MessageKind.Request or MessageKind.Notification)
        {
            Same(document.RootElement, "method", message.Method, input);
            Same(document.RootElement, "params", message.Params, input);
        }

        if (message.Params.IsPresent)
        {
            var parameters = document.RootElement.GetProperty("params");
            Same(parameters, "name", message.Name, input);
            Same(parameters, "arguments", message.Arguments, input);
            Same(parameters, "_meta", message.Meta, input);
        }
    }

    private static void Same(JsonElement inside, string name, McpSlice slice, byte[] input) =>
        Promise.Same(
            inside.TryGetProperty(name, out var value) ? value.GetRawText() : "",
            System.Text.Encoding.UTF8.GetString(slice.Of(input)),
            $"'{name}' is what System.Text.Json takes for it."
        );

    private static void Mirror(byte[] input, in McpMessage message)
    {
        if (!McpMethods.TryFind(in message, input, McpEras.Modern, out var method, out _))
        {
            return;
        }

        McpParamHeader[] parameters = [new("Id", "/id", McpParamType.Text), new("Count", "/count", McpParamType.Integer)];
        var made = new List<KeyValuePair<string, string>>();
        McpHeaders.Write(in message, input, method, [parameters[0]], made);
        var lines = default(McpHeaderLines);
        foreach (var (name, value) in made)
        {
            Promise.That(value.All(c => c is >= ' ' and <= '~' or '\t'), "A header made has only what a header may have.");
            lines.Add(name, value);
        }

        var isText = message.Arguments.IsPresent && ArgumentIsText(input, message.Arguments);
        var agrees = McpHeaders.TryAgree(in message, input, method, McpEras.Modern, in lines, [parameters[0]], out _);
        Promise.That(agrees || !isText, "Headers made from a message agree with it.");
        McpHeaders.TryAgree(in message, input, method, McpEras.Modern, in lines, parameters, out _);
    }

    private static bool ArgumentIsText(byte[] input, McpSlice arguments)
    {
        using var document = JsonDocument.Parse(arguments.Of((ReadOnlyMemory<byte>)input));
        return !document.RootElement.TryGetProperty("id", out var id) || id.ValueKind is JsonValueKind.String or JsonValueKind.Null;
    }
}
