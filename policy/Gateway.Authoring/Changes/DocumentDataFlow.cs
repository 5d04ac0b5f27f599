using Gateway.Policy.Actions;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes;

/// <summary>A DataFlow for the classes that no flow covers.</summary>
internal sealed record DocumentDataFlow(Id<Agent> Agent, Id<Connector> Connector, DataClasses Data)
    : DossierChange(
        ChangeKind.DocumentDataFlow,
        $"document that the agent '{Agent}' may move {InputText.Data(Data)["data=".Length..]} to '{Connector}' with a DataFlow"
    )
{
    internal override AgentDossier Apply(AgentDossier dossier, Intent intent) =>
        dossier with
        {
            DataFlows =
            [
                .. dossier.DataFlows,
                new DataFlow
                {
                    Tenant = intent.Tenant,
                    Name = "proposed",
                    Agent = Agent,
                    Connector = Connector,
                    Data = Data,
                    Source = Placeholder.Source,
                },
            ],
        };
}
