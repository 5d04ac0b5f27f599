using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Gateway.Connectors.Http;

/// <summary>Percent-encoded text as text.</summary>
internal static class DecodedText
{
    /// <summary>
    /// Decodes once; false where an escape isn't one, or the bytes aren't UTF-8 (overlong forms and surrogates included).
    /// </summary>
    /// <param name="encoded">ASCII.</param>
    public static bool TryDecode(ReadOnlySpan<char> encoded, [NotNullWhen(true)] out string? text)
    {
        text = null;
        var bytes = ArrayPool<byte>.Shared.Rent(encoded.Length);
        try
        {
            var length = 0;
            for (var at = 0; at < encoded.Length; at++)
            {
                var value = (byte)encoded[at];
                if (encoded[at] == '%')
                {
                    if (!Percent.TryDecode(encoded, at, out value))
                    {
                        return false;
                    }

                    at += 2;
                }

                bytes[length++] = value;
            }

            text = Utf8.IsValid(bytes.AsSpan(0, length)) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
            return text is not null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
