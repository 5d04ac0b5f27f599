using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Generators;

/// <summary>Random approval gates.</summary>
internal static class Gates
{
    public static Gen<ApprovalGate> Of(IReadOnlyList<Connector> connectors) =>
        from active in Worlds.Rarely(4)
        from always in Worlds.Rarely(4)
        from actions in Gen.SubListOf(Enum.GetValues<ActionType>().Where(a => a != ActionType.Unspecified))
        from narrow in Gen.Choose(0, 3)
        from data in Gen.Elements(DataClasses.None, DataClasses.None, DataClasses.Pii)
        select new ApprovalGate
        {
            Tenant = Worlds.Tenant,
            Name = "",
            Active = !active,
            Always = always,
            Actions = (narrow & 1) != 0 ? [.. actions] : [],
            Connectors = (narrow & 2) != 0 ? [connectors[0].Id] : [],
            Data = data,
            ApproverGroups = ["owners"],
            Source = default,
        };
}
