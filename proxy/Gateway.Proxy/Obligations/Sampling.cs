using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Obligations;

/// <summary>
/// Which share of calls goes through. By the digest of what is asked, so that asking again changes nothing and an auditor finds the same;
/// of two shares the smaller lets through a part of what the larger does. What an agent can write in several ways without asking for
/// anything else counts once: blanks, the order of members and of the query's parts, escapes. What it only says beside the action (its
/// run, headers, claims about the data) doesn't count.
/// </summary>
internal static class Sampling
{
    /// <summary>False too for arguments that have no canonical form: they can be written in ways that can't be told to be one.</summary>
    /// <param name="share">In millionths.</param>
    public static bool Holds(Intent asked, int share)
    {
        var form = new ArrayBufferWriter<byte>(1024);
        if (!TryWrite(form, asked))
        {
            return false;
        }

        Span<byte> digest = stackalloc byte[Sha256Digest.Length];
        Sha256Digest.Compute(form.WrittenSpan).CopyTo(digest);
        var place = Math.BigMul(BinaryPrimitives.ReadUInt64BigEndian(digest), Policy.Model.Obligations.WholeSample, out ulong _);
        return place < (ulong)share;
    }

    private static bool TryWrite(ArrayBufferWriter<byte> form, Intent asked)
    {
        var target = asked.Target;
        Write(form, asked.Tenant.ToString());
        Write(form, asked.Workspace.ToString());
        Write(form, asked.Agent.ToString());
        Write(form, asked.Connector.ToString());
        Write(form, asked.Operation.ToString());
        Write(form, asked.Model ?? "");
        Write(form, target.Method);
        var query = target.PathAndQuery.IndexOf('?', StringComparison.Ordinal);
        Write(form, Uri.UnescapeDataString(query < 0 ? target.PathAndQuery : target.PathAndQuery[..query]));
        foreach (var part in query < 0 ? [] : PartsOf(target.PathAndQuery[(query + 1)..]))
        {
            Write(form, part);
        }

        if (asked.Door == Door.Mcp)
        {
            // The body has the message's id too, by which the same call would fare differently each time.
            Write(form, asked.McpMethod ?? "");
            Write(form, asked.McpName ?? "");
            Write(form, asked.Definition?.ToString() ?? "");
            return CanonicalJson.TryCanonicalise(asked.Arguments.IsEmpty ? "{}"u8 : asked.Arguments.Span, form, out _);
        }

        if (asked.Arguments.IsEmpty)
        {
            Write(form, target.Content.ToString());
            return true;
        }

        return CanonicalJson.TryCanonicalise(asked.Arguments.Span, form, out _);
    }

    /// <summary>Two queries that come to the same here may mean different things: they are in or out together.</summary>
    private static IEnumerable<string> PartsOf(string query) =>
        query
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => Uri.UnescapeDataString(part.Replace('+', ' ')).TrimEnd('='))
            .Order(StringComparer.Ordinal);

    /// <summary>With its length before it, so that no two lists of texts are the same bytes.</summary>
    private static void Write(ArrayBufferWriter<byte> form, string text)
    {
        BinaryPrimitives.WriteInt32LittleEndian(form.GetSpan(sizeof(int)), text.Length);
        form.Advance(sizeof(int));
        Encoding.UTF8.GetBytes(text, form);
    }
}
