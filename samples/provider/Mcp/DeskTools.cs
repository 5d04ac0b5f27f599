using System.Globalization;
using System.Text.Json;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.Mcp;

/// <summary>
/// What the tools do. Their data looks like customers', so that there is something to redact and to cut; none of it is anybody's, and
/// nothing is paid or sent.
/// </summary>
internal sealed class DeskTools
{
    private static readonly Dictionary<string, string> Orders = new(StringComparer.Ordinal)
    {
        ["o-1"] = Order("o-1", "Ada Example", "ada@example.com", 80, "shipped"),
        ["o-2"] = Order("o-2", "Ben Sample", "ben@example.org", 250, "shipped"),
        ["o-3"] = Order("o-3", "Cleo Test", "cleo@example.net", 40, "open"),
    };

    private static readonly string[] Notes =
    [
        .. Enumerable
            .Range(1, 12)
            .Select(i => $$"""{"id":"n-{{i}}","order":"o-{{(i % 3) + 1}}","text":"{{Said(i)}}","phone":"+1 202 555 {{Last(i)}}"}"""),
    ];

    // A count, not what was sent: memory must stay flat under load.
    private long _done;

    /// <returns>The members of the tool's result. What is wrong with its arguments is an error that the model can read.</returns>
    /// <exception cref="McpError">There is no such tool.</exception>
    public string Run(string tool, JsonElement arguments)
    {
        try
        {
            return tool switch
            {
                "orders_lookup" => Find(arguments.RequiredText("order")),
                "notes_search" => Search(arguments.Text("text") ?? ""),
                "refunds_create" => Refund(arguments),
                "mail_send" => Mail(arguments),
                _ => throw new McpError(McpError.Parameters, "Unknown tool."),
            };
        }
        catch (RequestBodyException e)
        {
            return Error(e.Message);
        }
    }

    private static string Find(string order) => Orders.TryGetValue(order, out var found) ? Structured(found) : Error("No such order.");

    private static string Search(string text) =>
        Structured($$"""{"rows":[{{string.Join(',', Notes.Where(note => note.Contains(text, StringComparison.OrdinalIgnoreCase)))}}]}""");

    private string Refund(JsonElement arguments)
    {
        var (order, amount) = (arguments.RequiredText("order"), arguments.Number("amount"));
        return amount is not > 0 ? Error("The amount is a whole number above 0.")
            : !Orders.ContainsKey(order) ? Error("No such order.")
            : Structured($$"""{"id":"f-{{Interlocked.Increment(ref _done)}}","order":"{{order}}","amount":{{amount}},"status":"paid"}""");
    }

    private string Mail(JsonElement arguments)
    {
        var to = Wire.Quote(arguments.RequiredText("to"));
        _ = arguments.RequiredText("text");
        return Structured($$"""{"id":"m-{{Interlocked.Increment(ref _done)}}","to":{{to}},"status":"sent"}""");
    }

    /// <summary>The same twice, as official servers give it: for programs, and as text for the model.</summary>
    private static string Structured(string json) =>
        $$"""
            "content":[{"type":"text","text":{{Wire.Quote(json)}}}],"structuredContent":{{json}}
            """;

    private static string Error(string text) =>
        $$"""
            "content":[{"type":"text","text":{{Wire.Quote(text)}}}],"isError":true
            """;

    private static string Order(string id, string customer, string email, int amount, string status) =>
        $$"""{"id":"{{id}}","customer":"{{customer}}","email":"{{email}}","amount":{{amount}},"currency":"EUR","status":"{{status}}"}""";

    private static string Last(int number) => (100 + number).ToString("0000", CultureInfo.InvariantCulture);

    private static string Said(int number) =>
        (number % 4) switch
        {
            0 => "Asked for a refund",
            1 => "Called about the delivery",
            2 => "Wants a new address on the invoice",
            _ => "Was happy with the answer",
        };
}
