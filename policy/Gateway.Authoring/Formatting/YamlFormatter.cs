using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Formatting;

/// <summary>A file in the one layout, or why it can't be given one; never both.</summary>
public sealed record FormatResult(string? Text, IReadOnlyList<GovernanceError> Errors);

/// <summary>
/// Lays a file of YAML out in one way: two blanks a level, lists below their field, one blank inside flow, at most one empty line. Values,
/// their quotes, the order of fields and comments stay. What it made is read again and compared, so that a file means the same after as
/// before, or isn't touched. Pure; never throws for any text.
/// </summary>
public static class YamlFormatter
{
    public static FormatResult Format(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var text = Plain(file.Text);
        var errors = new ErrorList();
        var documents = NodeReader.Read(file with { Text = text }, int.MaxValue, errors);
        if (errors.Count > 0)
        {
            return new FormatResult(null, errors.InOrder());
        }

        try
        {
            var laidOut = LayOut(text);
            return RoundTripCheck.FindLoss(file.Name, text, documents, laidOut) is { } lost ? Refused(file, 0, lost)
                : LayOut(laidOut) != laidOut ? Refused(file, 0, "its layout would not be settled by formatting it once")
                : new FormatResult(laidOut, []);
        }
        catch (LayoutException problem)
        {
            return Refused(file, problem.Line, problem.Message);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Like the parser of documents: whatever the text does to it, the file stays as it is.
            return Refused(file, 0, "it has a form that isn't known here");
        }
    }

    private static string LayOut(string text) => new LayoutWriter(LayoutReader.Read(text), CommentFinder.Find(text)).Write();

    private static FormatResult Refused(SourceFile file, int line, string why) =>
        new(
            null,
            [
                new GovernanceError(
                    new SourcePosition(file.Name, line, line > 0 ? 1 : 0),
                    "",
                    $"This can't be laid out without changing it: {why}.",
                    "The file was left as it is."
                ),
            ]
        );

    /// <summary>With line feeds alone and without a byte order mark, which YAML takes for the same text.</summary>
    private static string Plain(string text) => text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
}
