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
    private static ReadOnlySpan<byte> ParametersLine => "\"@signature-params\": "u8;

    /// <summary>
    /// False when the message lacks a covered component, a value isn't printable ASCII, a component is listed twice or isn't supported,
    /// or the whole is too long. What was written by then is of no use.
    /// </summary>
    /// <param name="signatureParameters">The covered list with its parameters as in <c>Signature-Input</c>, without the label;
    /// canonical.</param>
    public static bool TryWrite(SignatureMessage message, ReadOnlySpan<char> signatureParameters, ref PooledAscii output)
    {
        var reader = new StructuredFieldReader(signatureParameters);
        return CoveredComponents.TryRead(ref reader, signatureParameters, out var covered)
            && reader.TrySkipParameters(stackalloc Range[MaxParameters])
            && reader is { AtEnd: true, IsCanonical: true }
            && TryWrite(message, covered, signatureParameters, ref output);
    }

    /// <summary>The same for a list that was read before, with its parameters.</summary>
    public static bool TryWrite(
        SignatureMessage message,
        CoveredComponents covered,
        ReadOnlySpan<char> signatureParameters,
        ref PooledAscii output
    )
    {
        foreach (var component in covered.All)
        {
            if (!TryWriteLine(message, component, ref output))
            {
                return false;
            }
        }

        return output.TryAppend(ParametersLine) && output.TryAppend(signatureParameters);
    }

    private static bool TryWriteLine(SignatureMessage message, Component component, ref PooledAscii output) =>
        output.TryAppend(component.Start)
        && (component.IsDerived ? TryWriteDerived(message, component, ref output) : TryWriteField(message, component, ref output))
        && output.TryAppendLineFeed();

    /// <summary>Section 2.1: each line of the field trimmed, in order, with a comma and a space between them.</summary>
    private static bool TryWriteField(SignatureMessage message, Component component, ref PooledAscii output)
    {
        var values = message.Field(component.Name);
        if (values.Count == 0 || !component.IsPlain)
        {
            return false;
        }

        for (var i = 0; i < values.Count; i++)
        {
            if ((i > 0 && !output.TryAppend(", "u8)) || !output.TryAppend(values[i].AsSpan().Trim(" \t")))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Section 2.2. A name that isn't there (such as <c>@signature-params</c>) can't be covered.</summary>
    private static bool TryWriteDerived(SignatureMessage message, Component component, ref PooledAscii output)
    {
        if (component.Name is "@query-param")
        {
            return !component.IsPlain && QueryParameter.TryWrite(message.Query, component.QueryName, ref output);
        }

        return component.IsPlain
            && component.Name switch
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

    private static bool TryWriteTarget(SignatureMessage message, ref PooledAscii output) =>
        TryWriteScheme(message, ref output)
        && output.TryAppend("://"u8)
        && TryWriteAuthority(message, ref output)
        && TryWritePath(message, ref output)
        && output.TryAppend(message.Query);

    private static bool TryWritePath(SignatureMessage message, ref PooledAscii output) =>
        output.TryAppend(message.Path.Length == 0 ? "/" : message.Path);

    private static bool TryWriteScheme(SignatureMessage message, ref PooledAscii output) =>
        message.Scheme.ToLowerInvariant() switch
        {
            "https" => output.TryAppend("https"u8),
            "http" => output.TryAppend("http"u8),
            _ => false,
        };

    private static bool TryWriteAuthority(SignatureMessage message, ref PooledAscii output)
    {
        Span<char> normalized = stackalloc char[RequestAuthority.MaxLength];
        return RequestAuthority.TryNormalize(message.Scheme, message.Authority, normalized, out var length)
            && output.TryAppend(normalized[..length]);
    }
}
