using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Http;

/// <summary>
/// Reads the body of a tool call that is a form in the encoding of queries. It goes on as it came; conditions don't read it, and what they
/// say of arguments is then an error.
/// </summary>
public sealed class FormBodyReader(ParameterCheck check) : IIntentReader
{
    private const string Problem = "The form must be ASCII, with everything else in percent-encoding of UTF-8.";

    /// <param name="mediaType">In lower case, without parameters.</param>
    public static bool IsForm(ReadOnlySpan<char> mediaType) => mediaType is "application/x-www-form-urlencoded";

    public bool TryRead(ReadOnlySpan<byte> body, out BodyReading reading, [NotNullWhen(false)] out Refusal? refusal)
    {
        var text = ArrayPool<char>.Shared.Rent(body.Length);
        try
        {
            var problem =
                Ascii.ToUtf16(body, text, out var length) != OperationStatus.Done || !IsPlain(text.AsSpan(0, length)) ? Problem
                : check.ProblemOf(text.AsSpan(0, length)) is { } wrong ? $"The form {wrong}."
                : null;
            return CheckedBody.Passes(problem, out reading, out refusal);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(text, clearArray: true);
        }
    }

    /// <summary>Visible characters and blanks, every escape of them UTF-8, and no NUL.</summary>
    private static bool IsPlain(ReadOnlySpan<char> form)
    {
        if (form.ContainsAnyExceptInRange(' ', '~') || form.Contains("%00", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var range in form.SplitAny('&', '='))
        {
            if (form[range].Contains('%') && !PercentEncoding.TryDecode(form[range], out _))
            {
                return false;
            }
        }

        return true;
    }
}
