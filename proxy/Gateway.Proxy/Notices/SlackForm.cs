using System.Text.Json;

namespace Gateway.Proxy.Notices;

/// <summary>
/// A notice as an incoming webhook of Slack's gets it. What somebody else wrote stands in plain text, with the three characters escaped
/// that begin a link or call people (docs.slack.dev, "Formatting message text"); only the link to the approval is marked up.
/// </summary>
internal static class SlackForm
{
    /// <value>Characters of one block's text: Slack takes 3,000.</value>
    private const int MostOfBlock = 2_900;

    /// <value>Slack takes 50 blocks.</value>
    private const int MostBlocks = 40;

    public static byte[] BodyOf(NoticeText text)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString(
                "text",
                Escape(string.Join('\n', [text.Subject, .. text.Lines])) + (text.Link.Length > 0 ? $"\n{text.Link}" : "")
            );
            json.WriteBoolean("mrkdwn", false);
            json.WriteStartArray("blocks");
            Write(json, "header", "plain_text", text.Title);
            foreach (var part in text.Lines.Prepend(text.Subject).SelectMany(line => Escape(line).Chunk(MostOfBlock)).Take(MostBlocks))
            {
                Write(json, "section", "plain_text", new string(part));
            }

            if (text.Link.Length > 0)
            {
                Write(json, "section", "mrkdwn", $"<{text.Link}|See it and decide>");
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    internal static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    private static void Write(Utf8JsonWriter json, string block, string form, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", block);
        json.WriteStartObject("text");
        json.WriteString("type", form);
        json.WriteString("text", text);
        if (form == "plain_text")
        {
            json.WriteBoolean("emoji", false);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
