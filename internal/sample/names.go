package sample

// Names of people who do not exist. French-first people have French names more often, as would be so.
var (
	womensNames = []string{
		"Amal", "Aiyana", "Alice", "Anita", "Anna", "Beatriz", "Camille", "Chantal", "Chloé", "Claire", "Deborah", "Élise", "Emma",
		"Ève", "Fatima", "Florence", "Geneviève", "Grace", "Hana", "Hélène", "Ifeoma", "Ingrid", "Isabelle", "Jana", "Julia", "Kateri",
		"Laurence", "Léa", "Lin", "Maëlle", "Margaret", "Marguerite", "Martha", "Mei", "Monique", "Nadia", "Naomi", "Nathalie", "Olga",
		"Priya", "Rosalie", "Ruth", "Samira", "Shanice", "Sofia", "Sylvie", "Thandi", "Yasmin", "Zahra", "Zoé",
	}
	mensNames = []string{
		"Ahmed", "Alasdair", "Antoine", "Arjun", "Ben", "Charles", "Daniel", "David", "Émile", "Étienne", "Farid", "Félix", "François",
		"George", "Gilles", "Graham", "Hiro", "Isaac", "Jean-Yves", "Jonah", "Joseph", "Kwame", "Liam", "Luc", "Lucas", "Marc", "Mathis",
		"Michael", "Noah", "Olivier", "Omar", "Owen", "Pascal", "Peter", "Rajiv", "Robert", "Samir", "Sanjay", "Simon", "Tomasz",
		"Thomas", "Victor", "Wei", "William", "Xavier", "Yusuf",
	}
	familyNames = []string{
		"Abara", "Ahmadi", "Baker", "Beaudry", "Benali", "Boateng", "Campbell", "Chan", "Chowdhury", "Cohen", "Da Silva", "Demir",
		"Deshpande", "Dyck", "El-Amin", "Farouk", "Fraser", "Friesen", "Grant", "Haddad", "Hansen", "Ivanova", "Jensen", "Kapoor",
		"Karimi", "Kim", "Kowalchuk", "Leblanc", "Lee", "Lindqvist", "Littlechild", "MacDonald", "Mackay", "Marchetti", "Mehta",
		"Mokoena", "Nguyen", "Novak", "Nwosu", "O'Donnell", "Okafor", "Osei", "Park", "Penner", "Petrov", "Pike", "Rahimi", "Raman",
		"Reid", "Rossi", "Sandhu", "Schmidt", "Sharma", "Sinclair", "Singh", "Solberg", "Stein", "Suzuki", "Tan", "Thorvaldson",
		"Wiebe", "Wilk", "Wong", "Yamamoto", "Zhang",
	}
	frenchFamilyNames = []string{
		"Arsenault", "Audet", "Beaulieu", "Bélanger", "Bergeron", "Bouchard", "Brunet", "Caron", "Charbonneau", "Chiasson", "Cormier",
		"Côté", "Desrosiers", "Dufresne", "Fontaine", "Fortin", "Fournier", "Gagnon", "Gauthier", "Giroux", "Lapointe", "Lavoie",
		"Lefebvre", "Lévesque", "Marcoux", "Morin", "Ouellet", "Paquette", "Pelletier", "Poulin", "Raymond", "Roy", "Sirois",
		"Thériault", "Tremblay", "Vachon",
	}
)

func firstNames(p *Person) []string {
	if p.Woman {
		return womensNames
	}
	return mensNames
}

func lastNames(p *Person) []string {
	if p.FrenchFirst {
		return frenchFamilyNames
	}
	return familyNames
}
