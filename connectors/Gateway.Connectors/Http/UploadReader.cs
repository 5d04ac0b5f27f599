using System.Diagnostics.CodeAnalysis;
using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Models;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Http;

/// <summary>
/// Reads the upload of a file to OpenAI: a form with the file, what it is for, and when it expires. The input of a batch is read line by
/// line, since a batch does what its file says. The form goes on as it came.
/// </summary>
/// <param name="boundary">Of the content type.</param>
public sealed class UploadReader(string boundary) : IIntentReader
{
    /// <summary>What a batch's input is uploaded for.</summary>
    public const string BatchPurpose = "batch";

    private static readonly string[] Names = ["file", "purpose", "expires_after[anchor]", "expires_after[seconds]"];

    private static readonly BatchLinesReader Lines = new();

    public bool TryRead(ReadOnlySpan<byte> body, out BodyReading reading, [NotNullWhen(false)] out Refusal? refusal)
    {
        reading = BodyReading.Empty;
        if (!MultipartParts.TryRead(body, boundary, out var parts))
        {
            return Malformed(MultipartParts.Problem, out refusal);
        }

        Range? file = null;
        Range? purpose = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            if (!seen.Add(part.Name) || !Names.Contains(part.Name, StringComparer.Ordinal))
            {
                return Malformed($"The form may have {string.Join(", ", Names)}, each once.", out refusal);
            }

            file = part.Name == "file" ? part.Content : file;
            purpose = part.Name == "purpose" ? part.Content : purpose;
        }

        if (file is null || purpose is null)
        {
            return Malformed("The form must have a file and its purpose.", out refusal);
        }

        if (!body[purpose.Value].SequenceEqual(Encoding.ASCII.GetBytes(BatchPurpose)))
        {
            refusal = new Refusal(
                ReasonCode.UnsupportedFeature,
                $"purpose: only files for '{BatchPurpose}' are taken. Put a picture or a document into the request itself, as file_data."
            );
            return false;
        }

        return Lines.TryRead(body[file.Value], out reading, out refusal);
    }

    private static bool Malformed(string what, out Refusal refusal)
    {
        refusal = new Refusal(ReasonCode.MalformedRequest, what);
        return false;
    }
}
