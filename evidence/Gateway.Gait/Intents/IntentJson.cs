using System.Text.Json;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Intents;

/// <summary>
/// An intent as it is digested: what says nothing is left out, but times of a delegation and an agent, which are always there.
/// </summary>
internal static class IntentJson
{
    public static void Write(Utf8JsonWriter json, RuleIntent intent, Sha256Digest? scriptHash)
    {
        json.WriteStartObject();
        json.WriteString("tool_name", intent.ToolName);
        json.WritePropertyName("args");
        json.WriteRawValue(intent.Args.Span, skipInputValidation: true);
        if (scriptHash is { } hash)
        {
            json.WriteString("script_hash", hash.ToString());
            json.WritePropertyName("script");
            ScriptJson.Write(json, intent.Steps);
        }

        json.WritePropertyName("targets");
        TargetDigest.Write(json, intent.Targets);
        ScriptJson.WriteProvenance(json, intent.Provenance);
        WriteSkill(json, intent.Skill);
        DelegationJson.Write(json, intent.Delegation);
        ContextJson.Write(json, intent.Context);
        json.WriteEndObject();
    }

    private static void WriteSkill(Utf8JsonWriter json, SkillProvenance? skill)
    {
        if (skill is null)
        {
            return;
        }

        json.WriteStartObject("skill_provenance");
        json.WriteString("skill_name", skill.Name);
        json.WriteIfText("skill_version", skill.Version);
        json.WriteString("source", skill.Source);
        json.WriteString("publisher", skill.Publisher);
        json.WriteIfText("digest", skill.Digest);
        json.WriteIfText("signature_key_id", skill.SignatureKeyId);
        json.WriteEndObject();
    }
}
