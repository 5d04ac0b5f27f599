using Gateway.Policy.Documents.Kinds;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>Reads a mapping of obligations.</summary>
internal static class ObligationFields
{
    public static Obligations Read(MappingReader fields) => new(
        fields.Optional("log_detailed", Formats.Bool, false),
        fields.Optional("dry_run", Formats.Bool, false),
        fields.OptionalValue("max_tokens", Formats.Integer(1, ModelFields.MaxTokens)));
}
