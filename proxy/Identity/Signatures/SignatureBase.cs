using System.Globalization;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity.StructuredFields;

namespace Gateway.Proxy.Identity.Signatures;

/// <summary>
/// The signature base of RFC 9421 section 2.5: the bytes that are signed. Pure: the same message and parameters give the same bytes.
/// </summary>
internal static class SignatureBase
{
    /// <value>The most components in a list.</value>
    public const int MaxComponents = 64;

    private const int MaxParameters = 16;
    private const string ParametersLine = "\"@signature-params\": ";

    /// <summary>
    /// False when the message lacks a covered component, a value isn't printable ASCII, a component is listed twice or isn't supported,
    /// or the whole is too long. What was written by then is of no use.
    /// </summary>
    /// <param name="signatureParameters">The covered list with its parameters as in <c>Signature-Input</c>, without the label; canonical.</param>
    public static bool TryWrite(SignatureMessage message, ReadOnlySpan<char> signatureParameters, ref PooledAscii output)
    {
        var reader = new StructuredFieldReader(signatureParameters);
        return reader.TryOpenInnerList()
            && TryWriteComponents(message, ref reader, signatureParameters, ref output)
            && reader.TrySkipParameters(stackalloc Range[MaxParameters])
            && reader is { AtEnd: true, IsCanonical: true }
            && output.TryAppend(ParametersLine)
            && output.TryAppend(signatureParameters);
    }

    private static bool TryWriteComponents(
        SignatureMessage message, ref StructuredFieldReader reader, ReadOnlySpan<char> text, ref PooledAscii output)
    {
        Span<Range> room = stackalloc Range[MaxComponents];
        var seen = new SeenNames(text, room);
        for (var first = true; ; first = false)
        {
            var step = Component.Next(ref reader, text, first, out var component);
            if (step != ReadStep.Found)
            {
                return step == ReadStep.End;
            }

            if (!seen.TryAdd(component.Span) || !TryWriteLine(message, component, ref output))
            {
                return false;
            }
        }
    }

    private static bool TryWriteLine(SignatureMessage message, scoped Component component, ref PooledAscii output)
        => output.TryAppend(component.Identifier)
            && output.TryAppend(": ")
            && (component.IsDerived ? TryWriteDerived(message, component, ref output) : TryWriteField(message, component, ref output))
            && output.TryAppendLineFeed();

    /// <summary>Section 2.1: each line of the field trimmed, in order, with a comma and a space between them.</summary>
    private static bool TryWriteField(SignatureMessage message, scoped Component component, ref PooledAscii output)
    {
        var values = message.Field(FieldNames.Of(component.Name));
        if (values.Count == 0 || !component.IsPlain)
        {
            return false;
        }

        for (var i = 0; i < values.Count; i++)
        {
            if ((i > 0 && !output.TryAppend(", ")) || !output.TryAppend(values[i].AsSpan().Trim(" \t")))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Section 2.2. A name that isn't there (such as <c>@signature-params</c>) can't be covered.</summary>
    private static bool TryWriteDerived(SignatureMessage message, scoped Component component, ref PooledAscii output)
    {
        if (component.Name is "@query-param")
        {
            return !component.IsPlain && QueryParameter.TryWrite(message.Query, component.QueryName, ref output);
        }

        return component.IsPlain && component.Name switch
        {
            "@method" => message.Method.Length > 0 && output.TryAppend(message.Method),
            "@authority" => TryWriteAuthority(message, ref output),
            "@scheme" => TryWriteScheme(message, ref output),
            "@path" => TryWritePath(message, ref output),
            "@query" => output.TryAppend(message.Query.Length == 0 ? "?" : message.Query),
            "@request-target" => TryWritePath(message, ref output) && output.TryAppend(message.Query),
            "@target-uri" => TryWriteTarget(message, ref output),
            "@status" => message.Status is >= 100 and <= 999 && output.TryAppend(message.Status.ToString(CultureInfo.InvariantCulture)),
            _ => false,
        };
    }

    private static bool TryWriteTarget(SignatureMessage message, ref PooledAscii output)
        => TryWriteScheme(message, ref output)
            && output.TryAppend("://")
            && TryWriteAuthority(message, ref output)
            && TryWritePath(message, ref output)
            && output.TryAppend(message.Query);

    private static bool TryWritePath(SignatureMessage message, ref PooledAscii output)
        => output.TryAppend(message.Path.Length == 0 ? "/" : message.Path);

    private static bool TryWriteScheme(SignatureMessage message, ref PooledAscii output) => message.Scheme.ToLowerInvariant() switch
    {
        "https" => output.TryAppend("https"),
        "http" => output.TryAppend("http"),
        _ => false,
    };

    private static bool TryWriteAuthority(SignatureMessage message, ref PooledAscii output)
    {
        Span<char> normalized = stackalloc char[RequestAuthority.MaxLength];
        return RequestAuthority.TryNormalize(message.Scheme, message.Authority, normalized, out var length)
            && output.TryAppend(normalized[..length]);
    }
}
