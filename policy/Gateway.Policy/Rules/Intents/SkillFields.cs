namespace Gateway.Policy.Rules.Intents;

/// <summary>Reads <c>skill_provenance</c>.</summary>
internal static class SkillFields
{
    public static SkillProvenance Read(JsonFields fields) =>
        new(
            fields.Required("skill_name", fields.Text("skill_name")),
            fields.Text("skill_version"),
            fields.Required("source", fields.Lower("source")),
            fields.Required("publisher", fields.Text("publisher")),
            fields.Digest("digest"),
            fields.Text("signature_key_id")
        );
}
