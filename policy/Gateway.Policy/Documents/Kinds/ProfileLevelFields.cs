using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads from which level a profile's requirements bind, and up to which one a bearer key counts.</summary>
internal static class ProfileLevelFields
{
    public static AtfLevel ReadBearer(MappingReader spec, Profile from)
    {
        var level = spec.OptionalValue("bearerUpTo", Vocabulary.Level.Format) ?? from.BearerUpTo;
        if (level > BuiltInProfiles.Gamut.BearerUpTo)
        {
            spec.Fail(
                "bearerUpTo",
                $"It is laxer than the profile 'gamut', which has {Vocabulary.Level.Text(BuiltInProfiles.Gamut.BearerUpTo)}.",
                "Lower it."
            );
        }

        return level;
    }

    /// <summary>From whom those who sign are independent, and from which level on: the lower of two, so that it can't be put off.</summary>
    public static AtfLevel? ReadIndependent(MappingReader spec, Profile from)
    {
        var level = from.IndependentFrom;
        spec.Section(
            "independentFrom",
            section =>
            {
                var own = section.Required("owners", Vocabulary.Level.Format);
                level = level is { } earlier && earlier < own ? earlier : own;
                return section;
            }
        );
        return level;
    }

    /// <summary>Beside the base's own, at the lower of two levels: a requirement can be brought forward and never put off.</summary>
    public static IReadOnlyDictionary<LevelRequirement, AtfLevel> ReadBinds(MappingReader spec, Profile from)
    {
        var binds = new Dictionary<LevelRequirement, AtfLevel>(from.Binds);
        spec.Section(
            "binds",
            section =>
            {
                foreach (var requirement in Vocabulary.Requirement.Values)
                {
                    if (section.OptionalValue(Vocabulary.Requirement.Text(requirement), Vocabulary.Level.Format) is { } level)
                    {
                        binds[requirement] = binds.TryGetValue(requirement, out var earlier) && earlier < level ? earlier : level;
                    }
                }

                return section;
            }
        );
        return binds;
    }
}
