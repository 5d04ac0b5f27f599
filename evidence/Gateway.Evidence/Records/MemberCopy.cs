using System.Text.Json;
using Gateway.Policy.Canonical;

namespace Gateway.Evidence.Records;

/// <summary>Copies members of a record as they are, in canonical form.</summary>
internal static class MemberCopy
{
    public static void Copy(this CanonicalJsonWriter writer, JsonElement json, string name, bool required)
    {
        if ((required ? json.Get(name) : json.Find(name)) is { } value)
        {
            CopyMember(writer, name, value);
        }
    }

    private static void CopyMember(CanonicalJsonWriter writer, string name, JsonElement value)
    {
        writer.Name(System.Text.Encoding.UTF8.GetBytes(name));
        writer.Raw(CanonicalJson.Canonicalise(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value)));
    }

    /// <summary>Each entry without its source.</summary>
    public static void CopyEntries(this CanonicalJsonWriter writer, JsonElement body, string name)
    {
        writer.Name(System.Text.Encoding.UTF8.GetBytes(name));
        writer.StartArray();
        foreach (var entry in body.Items(name))
        {
            writer.StartObject();
            foreach (var member in entry.EnumerateObject())
            {
                if (!member.NameEquals("source"))
                {
                    CopyMember(writer, member.Name, member.Value);
                }
            }

            writer.EndObject();
        }

        writer.EndArray();
    }
}
