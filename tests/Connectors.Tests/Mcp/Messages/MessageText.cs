using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Gateway.Connectors.Tests.Mcp.Messages;

/// <summary>Messages to read: written by the base library, with parts from a generator.</summary>
internal static class MessageText
{
    public const string Version = "io.modelcontextprotocol/protocolVersion";
    public const string Capabilities = "io.modelcontextprotocol/clientCapabilities";

    private static readonly Gen<string> Texts = ArbMap
        .Default.GeneratorFor<NonEmptyString>()
        .Select(text => text.Get)
        .Where(text => text.Length < 40 && text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar));

    /// <value>Texts of any characters, none empty.</value>
    public static Arbitrary<string> AnyText { get; } = Texts.ToArbitrary();

    /// <value>Ids as clients make them, as JSON.</value>
    public static Arbitrary<string> Ids { get; } =
        Gen.OneOf(
                Texts.Select(text => JsonSerializer.Serialize(text)),
                Gen.Choose(int.MinValue, int.MaxValue).Select(number => number.ToString(CultureInfo.InvariantCulture)),
                Gen.Elements("0", "9007199254740991", "-9007199254740991", "\"0\"", "\"\\u0061\"")
            )
            .ToArbitrary();

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A modern call of a tool.</summary>
    public static byte[] Call(string tool, JsonNode? arguments = null, string id = "1", string version = "2026-07-28") =>
        Utf8(
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = JsonNode.Parse(id),
                ["method"] = "tools/call",
                ["params"] = new JsonObject
                {
                    ["name"] = tool,
                    ["arguments"] = arguments ?? new JsonObject(),
                    ["_meta"] = new JsonObject { [Version] = version, [Capabilities] = new JsonObject() },
                },
            }.ToJsonString()
        );

    /// <summary>A request without <c>_meta</c>, as the legacy era has it.</summary>
    public static byte[] Legacy(string method, string parameters = "{}") =>
        Utf8($$"""{"jsonrpc":"2.0","id":7,"method":"{{method}}","params":{{parameters}}}""");

    /// <summary>A request of the modern era.</summary>
    public static byte[] Modern(string method, string members = "") =>
        Utf8(
            $$"""{"jsonrpc":"2.0","id":7,"method":"{{method}}","params":{"_meta":{"{{Version}}":"2026-07-28","{{Capabilities}}":"""
                + "{}}"
                + members
                + "}}"
        );
}
