using System.Text.Json.Nodes;
using Gateway.Policy.Model;

namespace Gateway.Cli.Results;

/// <summary>One thing that is wrong. Holds nothing secret.</summary>
/// <param name="Message">What is wrong, one sentence.</param>
/// <param name="Remedy">What to do; empty where the message says it.</param>
/// <param name="Position">Where in the governance documents; null for anything else.</param>
/// <param name="Field">The field's path inside its document; empty for anything else.</param>
internal sealed record CommandError(string Message, string Remedy = "", SourcePosition? Position = null, string Field = "")
{
    /// <summary>Where in a text that was given on the command line: <c>line:column</c>; empty for anything else.</summary>
    public string Place { get; init; } = "";

    /// <summary>For people: the text with its place marked; empty for none.</summary>
    public string Extract { get; init; } = "";

    public static CommandError From(GovernanceError error) => new(error.Problem, error.Remedy, error.Position, error.Field);

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["message"] = ProgramName.In(Message) };
        if (Remedy.Length > 0)
        {
            json["remedy"] = ProgramName.In(Remedy);
        }

        if (Place.Length > 0)
        {
            json["place"] = Place;
        }

        if (Position is { } position)
        {
            json["file"] = position.File;
            json["line"] = position.Line;
            json["column"] = position.Column;
            json["field"] = Field;
        }

        return json;
    }

    public override string ToString() =>
        string.Concat(
            Position is { } position ? $"{position}: "
                : Place.Length > 0 ? $"{Place}: "
                : "",
            Field.Length > 0 ? Field + ": " : "",
            Message,
            (Remedy.Length > 0 ? " " + Remedy : "") + (Extract.Length > 0 ? "\n" + Extract : "")
        );
}
