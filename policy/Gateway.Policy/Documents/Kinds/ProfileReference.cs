using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads the name of a profile: one that ships, or a document of the same tenant.</summary>
internal static class ProfileReference
{
    private const string Field = "profile";

    public static Id<Profile>? Read(MappingReader spec)
    {
        var id = spec.OptionalValue(Field, Formats.Id<Profile>());
        if (id is { IsEmpty: false } named && BuiltInProfiles.All.All(p => p.Id != named))
        {
            spec.Refer(DocumentKinds.Profile, named.ToString(), Field);
        }

        return id;
    }
}
