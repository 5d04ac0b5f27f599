using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gateway.Samples.Provider.Answering;

/// <summary>
/// Which of the offered tools is called, and with what: the one of <c>use the tool NAME with {arguments}</c> in the last user message, or
/// else the first.
/// </summary>
internal static partial class ToolChoice
{
    /// <returns>Null where none is offered, or not the one that was named.</returns>
    public static ToolOffer? Of(string last, IEnumerable<(string Name, JsonElement? Schema)> offered)
    {
        var named = Script().Match(last);
        foreach (var (name, schema) in offered)
        {
            if (!named.Success)
            {
                return new ToolOffer(name, ToolArguments.For(schema));
            }

            if (name == named.Groups[1].Value)
            {
                return new ToolOffer(name, FirstObject(last[named.Groups[2].Index..]));
            }
        }

        return null;
    }

    private static string FirstObject(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), isFinalBlock: false, default);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.GetRawText();
        }
        catch (JsonException)
        {
            throw new RequestBodyException("The arguments of the tool to be used are no JSON object.");
        }
    }

    [GeneratedRegex(@"use the tool ([\w.-]+) with (\{)", RegexOptions.CultureInvariant)]
    private static partial Regex Script();
}
