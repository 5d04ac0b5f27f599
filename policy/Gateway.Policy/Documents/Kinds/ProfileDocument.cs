using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>
/// Reads <c>kind: Profile</c>: what differs from one that ships. Whatever would be laxer than <c>gamut</c> is an error at its field.
/// </summary>
internal static class ProfileDocument
{
    private static readonly FieldFormat<Profile> Base = new(
        "a profile that ships",
        "gamut",
        (string text, out Profile value) =>
        {
            value = BuiltInProfiles.All.FirstOrDefault(p => p.Id.ToString() == text)!;
            return value is not null;
        },
        profile => profile.Id.ToString()
    )
    {
        Words = [.. BuiltInProfiles.All.Select(p => p.Id.ToString())],
    };

    /// <value>Ten years at most: what counts for ever is said by leaving it out.</value>
    private static readonly FieldFormat<int> Days = Formats.Integer(1, 3650);

    public static Profile Read(DocumentHeader header, MappingReader spec)
    {
        var id = header.NameAs<Profile>();
        if (BuiltInProfiles.All.Any(p => p.Id == id))
        {
            spec.Fail("", $"The profile '{id}' ships with Gateway and can't be changed.", "Give this one another name.", header.Source);
        }

        var from = spec.Optional("base", Base, BuiltInProfiles.Gamut) ?? BuiltInProfiles.Gamut;
        return new Profile
        {
            Tenant = header.Tenant,
            Id = id,
            Boundary = BoundaryFields.Read(spec, from.Boundary),
            BearerUpTo = ProfileLevelFields.ReadBearer(spec, from),
            Binds = ProfileLevelFields.ReadBinds(spec, from),
            SignOffs = LevelFields.Read(
                spec,
                "signOffs",
                Formats.Integer(0, 10),
                from.SignOffs,
                BuiltInProfiles.Gamut.SignOffs,
                stricter: (own, gamut) => own >= gamut
            ),
            IndependentFrom = ProfileLevelFields.ReadIndependent(spec, from),
            TokenLifetimes = LevelFields.Read(
                spec,
                "decisionTokens",
                Quantities.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(300)),
                from.TokenLifetimes,
                BuiltInProfiles.Gamut.TokenLifetimes,
                stricter: (own, gamut) => own <= gamut
            ),
            Ages = new EvidenceAges(spec.OptionalValue("redTeamMaxDays", Days), spec.OptionalValue("playbookMaxDays", Days)).And(from.Ages),
            DataDeclared = spec.Optional("dataDeclared", Formats.Bool, false) || from.DataDeclared,
            Demotions = DemotionFields.Read(spec) is { } own ? [.. from.Demotions, own] : from.Demotions,
            NotifiesFrom = spec.OptionalValue("notifiesFrom", Vocabulary.Level.Format) ?? from.NotifiesFrom,
        };
    }
}
