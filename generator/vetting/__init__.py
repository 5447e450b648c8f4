"""What is wrong with letter texts, house styles and law from others, said before they are used."""
