using System.Text.Json;

namespace Gateway.Policy.Rules.Intents;

/// <summary>Refuses a free JSON object that carries what looks like a secret under a name that suggests one, at any depth.</summary>
internal static class RawCredentialGuard
{
    public static void Check(JsonElement value, string path, IntentErrors errors)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                Check(item, path + "[]", errors);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            CheckObject(value, path, errors);
        }
    }

    private static void CheckObject(JsonElement value, string path, IntentErrors errors)
    {
        foreach (var property in value.EnumerateObject())
        {
            if (
                property.Value.ValueKind == JsonValueKind.String
                && CredentialHeuristic.SuggestsCredential(property.Name)
                && CredentialHeuristic.LooksLikeCredential(property.Value.GetString()!)
            )
            {
                errors.Add(path, "A field must not contain raw credential material; send a reference or a digest instead.");
            }

            Check(property.Value, path, errors);
        }
    }
}
