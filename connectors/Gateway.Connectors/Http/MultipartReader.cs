using System.Diagnostics.CodeAnalysis;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Http;

/// <summary>
/// Reads the body of a tool call that is a form in parts (RFC 7578): one way of dividing it, one plain name a part, and no name twice. What
/// the parts hold isn't read; the body goes on as it came.
/// </summary>
/// <param name="boundary">Of the content type, without quotes; empty where it has none.</param>
public sealed class MultipartReader(string boundary, ParameterCheck check) : IIntentReader
{
    /// <param name="mediaType">In lower case, without parameters.</param>
    public static bool IsMultipart(ReadOnlySpan<char> mediaType) => mediaType is "multipart/form-data";

    public bool TryRead(ReadOnlySpan<byte> body, out BodyReading reading, [NotNullWhen(false)] out Refusal? refusal) =>
        CheckedBody.Passes(ProblemOf(body), out reading, out refusal);

    private string? ProblemOf(ReadOnlySpan<byte> body) =>
        !MultipartParts.TryRead(body, boundary, out var parts) ? MultipartParts.Problem
        : check.ProblemOfNames([.. parts.Select(part => part.Name)]) is { } wrong ? $"The form {wrong}."
        : null;
}
