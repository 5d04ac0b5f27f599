using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Notices;

/// <summary>A notice as a webhook gets it, signed as Standard Webhooks 1.0 has it (standardwebhooks.com).</summary>
internal static class WebhookForm
{
    private const string Prefix = "whsec_";
    private const int LeastSecret = 24;
    private const int MostSecret = 64;

    /// <summary>The same bytes at every attempt.</summary>
    public static byte[] BodyOf(NoticeRecord notice, string link)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", TypeOf(notice.Event));
            json.WriteString("timestamp", notice.At.UtcDateTime);
            json.WritePropertyName("data");
            json.WriteStartObject();
            using var facts = JsonDocument.Parse(notice.Facts);
            foreach (var fact in facts.RootElement.EnumerateObject())
            {
                fact.WriteTo(json);
            }

            if (link.Length > 0)
            {
                json.WriteString("link", link);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Of what it is and what became of it: <c>approval.broken_glass</c>.</summary>
    private static string TypeOf(NoticeEvent what)
    {
        var words = Vocabulary.NoticeEvent.Text(what).Split('_', 2);
        return string.Join('.', words);
    }

    /// <summary>One signature for each secret, divided by spaces.</summary>
    /// <exception cref="CredentialSourceException">A secret isn't one for this.</exception>
    public static string Sign(string id, long timestamp, byte[] body, IReadOnlyList<(CredentialReference Reference, Secret Secret)> secrets)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body];
        return string.Join(' ', secrets.Select(one => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(KeyOf(one), signed))}"));
    }

    private static byte[] KeyOf((CredentialReference Reference, Secret Secret) of)
    {
        var text = of.Secret.Reveal().Trim();
        return
            text.StartsWith(Prefix, StringComparison.Ordinal)
            && Base64.IsValid(text.AsSpan(Prefix.Length), out var length)
            && length is >= LeastSecret and <= MostSecret
            ? Convert.FromBase64String(text[Prefix.Length..])
            : throw new CredentialSourceException(
                $"{of.Reference} is no secret for a webhook: write whsec_ and {LeastSecret} to {MostSecret} random bytes in base64."
            );
    }
}
