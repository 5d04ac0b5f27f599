using System.Text;
using Gateway.Proxy.Identity.StructuredFields;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>Writes what the reader of structured fields reads, by RFC 8941 section 4.1 and without any of the reader's own text.</summary>
internal static class StructuredFieldText
{
    /// <summary>A dictionary written anew; null where it is malformed.</summary>
    /// <param name="isCanonical">Whether every member's value was, as the reader says.</param>
    public static string? Write(string text, out bool isCanonical)
    {
        isCanonical = true;
        var written = new StringBuilder();
        var reader = new StructuredFieldReader(text);
        for (var count = 0; ; count++)
        {
            var step = reader.NextMember(out var key);
            if (step != ReadStep.Found)
            {
                return step == ReadStep.End ? written.ToString() : null;
            }

            written.Append(count > 0 ? ", " : "").Append(text[key]);
            var (start, begin) = (reader.Position, written.Length);
            if (!TryWriteMember(ref reader, text, written))
            {
                return null;
            }

            isCanonical &= reader.IsCanonical;
            if (reader.IsCanonical)
            {
                Promise.Same(text[start..reader.Position], written.ToString(begin, written.Length - begin), "What is canonical stays.");
            }
        }
    }

    private static bool TryWriteMember(ref StructuredFieldReader reader, string text, StringBuilder written)
    {
        if (!reader.TryTakeEquals())
        {
            return TryWriteParameters(ref reader, text, written);
        }

        written.Append('=');
        if (reader.TryOpenInnerList())
        {
            return TryWriteItems(ref reader, text, written) && TryWriteParameters(ref reader, text, written);
        }

        if (!reader.TryReadBareItem(out var item))
        {
            return false;
        }

        Write(item, written);
        return TryWriteParameters(ref reader, text, written);
    }

    private static bool TryWriteItems(ref StructuredFieldReader reader, string text, StringBuilder written)
    {
        written.Append('(');
        for (var first = true; ; first = false)
        {
            var step = reader.NextItem(first, out var item);
            if (step != ReadStep.Found)
            {
                written.Append(')');
                return step == ReadStep.End;
            }

            written.Append(first ? "" : " ");
            Write(item, written);
            if (!TryWriteParameters(ref reader, text, written))
            {
                return false;
            }
        }
    }

    private static bool TryWriteParameters(ref StructuredFieldReader reader, string text, StringBuilder written)
    {
        while (true)
        {
            var step = reader.NextParameter(out var key, out var value);
            if (step != ReadStep.Found)
            {
                return step == ReadStep.End;
            }

            written.Append(';').Append(text[key]);
            if (value is not { Kind: BareItemKind.Boolean, Integer: 1 })
            {
                written.Append('=');
                Write(value, written);
            }
        }
    }

    private static void Write(BareItem item, StringBuilder written) =>
        _ = item.Kind switch
        {
            BareItemKind.Integer => written.Append(item.Integer),
            BareItemKind.Decimal => written.Append(Decimal(item.Text)),
            BareItemKind.String => written.Append('"').Append(Escaped(item.Text)).Append('"'),
            BareItemKind.Token => written.Append(item.Text),
            BareItemKind.Bytes => written.Append(':').Append(item.Text).Append(':'),
            BareItemKind.Boolean => written.Append(item.Integer == 1 ? "?1" : "?0"),
            _ => throw new BrokenPromiseException("An item that was read is of a kind."),
        };

    private static string Decimal(ReadOnlySpan<char> text) =>
        decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture)
            .ToString("0.0##", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Taken apart into its characters and escaped again.</summary>
    private static string Escaped(ReadOnlySpan<char> text)
    {
        var plain = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            at += text[at] == '\\' ? 1 : 0;
            Promise.That(at < text.Length && text[at] is >= ' ' and <= '~', "A string is printable ASCII, and ends no escape early.");
            plain.Append(text[at]);
        }

        return plain.ToString().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
    }
}

/// <summary>What parses is written back, parses again to the same, and is then its own serialisation.</summary>
internal static class StructuredFieldTarget
{
    public static void Check(byte[] input)
    {
        if (StructuredFieldText.Write(Encoding.Latin1.GetString(input), out _) is not { } written)
        {
            return;
        }

        Promise.Same(written, StructuredFieldText.Write(written, out var isCanonical), "What was written is read as the same.");
        Promise.That(
            isCanonical || written.Contains('.', StringComparison.Ordinal),
            "What was written is canonical, unless it has decimals."
        );
    }
}
