using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads <c>kind: ApproverGroup</c>.</summary>
internal static class ApproverGroupDocument
{
    private const int MaxMembers = 500;
    private const int MaxPerson = 200;

    public static ApproverGroup Read(DocumentHeader header, MappingReader spec)
    {
        var members = spec.List("members", Formats.Text(MaxPerson), fallback: null, least: 1, MaxMembers);
        if (members.DistinctBy(PersonName.Of).Count() < members.Count)
        {
            spec.Fail("members", "One person stands in the list twice.", "Keep one.");
        }

        return new ApproverGroup(header.Tenant, header.Name.ToString(), members, header.Source);
    }
}
